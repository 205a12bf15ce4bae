//go:build wasip1

// Package main is the real kustomize as a WebAssembly reactor. It renders the overlay the host names and asks the host
// for every file. All decisions that are Millrace's own are the host's, in TypeScript: see ../src.
package main

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"unsafe"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

// main is never called (the module is a reactor), but the compiler wants one.
func main() {}

// builtinSchema is the schema version in force where no overlay has set another.
var builtinSchema = openapi.GetSchemaVersion()

// noNetwork stands in for the network: kustomize would fetch a resource that is a URL.
type noNetwork struct{}

func (noNetwork) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("remote files are not fetched: a build reads only the repository")
}

func init() {
	http.DefaultTransport = noNetwork{}
	// Twice Go's default costs 25 MiB and saves a seventh of the time; beyond that memory grows and time does not fall.
	debug.SetGCPercent(200)
	// The host gives a build a time limit, not a memory limit: endless recursion must end by itself.
	debug.SetMaxStack(64 << 20)
}

// build renders the overlay that the host names, and hands the YAML or the error's text back through hostFinish.
//
//go:wasmexport build
func build() {
	// kustomize panics on some input, for instance on a broken `openapi:` file. The host drops the instance after that.
	defer func() {
		if cause := recover(); cause != nil {
			hostFinish(outcomePanicked, fmt.Sprint(cause))
		}
	}()
	hostOverlay()
	yaml, err := render(string(answer()))
	// An overlay's `openapi:` field sets globals that kustomize never takes back: the next overlay must not see them.
	if openapi.GetSchemaVersion() != builtinSchema {
		openapi.ResetOpenAPI()
	}
	if err != nil {
		hostFinish(outcomeRefused, err.Error())
		return
	}
	hostFinish(outcomeRendered, unsafe.String(unsafe.SliceData(yaml), len(yaml)))
}

func render(folder string) ([]byte, error) {
	// The defaults restrict files to a kustomization's own folder, and run neither plugins nor helm.
	options := krusty.MakeDefaultOptions()
	// What `kustomize build` and `kubectl kustomize` do where a kustomization has no sortOptions. "Unspecified" is the
	// same order as "legacy", without a warning for those that have.
	options.Reorder = krusty.ReorderOptionUnspecified
	resources, err := krusty.MakeKustomizer(options).Run(hostFiles{}, folder)
	if err != nil {
		return nil, err
	}
	return resources.AsYaml()
}
