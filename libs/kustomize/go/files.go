//go:build wasip1

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// hostFiles is kustomize's view of the repository: every question goes to the host, which records it.
// A build only ever resolves and reads; what would list or write says so instead of pretending.
type hostFiles struct{}

// failure is the error that the host's answer stands for, nil for a file or a folder.
func failure(status int32, path string) error {
	switch status {
	case answerRefused:
		return errors.New(string(answer()))
	case answerAbsent:
		return &fs.PathError{Op: "open", Path: path, Err: syscall.ENOENT}
	}
	return nil
}

// resolve follows symbolic links the way the repository has them and says what stands at the end.
func resolve(path string) (real string, status int32, err error) {
	status = hostResolve(path)
	if err := failure(status, path); err != nil {
		return "", status, err
	}
	return string(answer()), status, nil
}

func (hostFiles) CleanedAbs(path string) (filesys.ConfirmedDir, string, error) {
	real, status, err := resolve(filepath.Clean(path))
	if err != nil {
		return "", "", err
	}
	if status == answerFolder {
		return filesys.ConfirmedDir(real), "", nil
	}
	return filesys.ConfirmedDir(filepath.Dir(real)), filepath.Base(real), nil
}

func (hostFiles) ReadFile(path string) ([]byte, error) {
	status := hostRead(filepath.Clean(path))
	if err := failure(status, path); err != nil {
		return nil, err
	}
	if status == answerFolder {
		return nil, fmt.Errorf("read %s: is a directory", path)
	}
	return answer(), nil
}

func (hostFiles) Exists(path string) bool {
	_, _, err := resolve(filepath.Clean(path))
	return err == nil
}

func (hostFiles) IsDir(path string) bool {
	_, status, err := resolve(filepath.Clean(path))
	return err == nil && status == answerFolder
}

// RemoveAll is how kustomize cleans up after a remote base it could not clone: there is nothing to clean.
func (hostFiles) RemoveAll(string) error { return nil }

func unsupported(what, path string) error {
	return fmt.Errorf("%s %s: %w: a build only reads files that a kustomization names", what, path, errors.ErrUnsupported)
}

func (hostFiles) Create(path string) (filesys.File, error)    { return nil, unsupported("create", path) }
func (hostFiles) Open(path string) (filesys.File, error)      { return nil, unsupported("open", path) }
func (hostFiles) Mkdir(path string) error                     { return unsupported("mkdir", path) }
func (hostFiles) MkdirAll(path string) error                  { return unsupported("mkdir", path) }
func (hostFiles) WriteFile(path string, _ []byte) error       { return unsupported("write", path) }
func (hostFiles) ReadDir(path string) ([]string, error)       { return nil, unsupported("list", path) }
func (hostFiles) Glob(pattern string) ([]string, error)       { return nil, unsupported("list", pattern) }
func (hostFiles) Walk(path string, _ filepath.WalkFunc) error { return unsupported("list", path) }
