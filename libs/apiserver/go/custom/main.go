//go:build wasip1

// Package main is the API server's handling of custom resources as a WebAssembly reactor: k8s.io/apiextensions-apiserver.
// All decisions that are Millrace's own are the host's, in TypeScript: see ../../src.
package main

import (
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"millrace.invalid/apiserver/host"
)

// main is never called (the module is a reactor), but the compiler wants one.
func main() {}

// defined is what the host refers to by number.
var defined []*definition

// define takes a CustomResourceDefinition and reports what is wrong with it, which it does not look for in one that is proven: the host
// knows that a server takes it. The nth call defines number n, from 0.
//
//go:wasmexport define
func define(proven int32) {
	defer host.Recover()
	var crd *apiextensions.CustomResourceDefinition
	var err error
	if text := host.Input(); proven != 0 {
		crd, _, _, err = decodeDefinition(text)
	} else {
		crd, _, err = createDefinition(text)
	}
	if err == nil {
		defined = append(defined, &definition{crd: crd, versions: map[string]*version{}})
		return
	}
	defined = append(defined, nil)
	host.Report(err)
}

// validate takes a resource and reports what is wrong with it as one of a definition's version, an index of spec.versions.
//
//go:wasmexport validate
func validate(number, index int32) {
	defer host.Recover()
	kind := defined[number]
	served, err := kind.version(kind.crd.Spec.Versions[index].Name)
	if err != nil {
		host.Report(err)
		return
	}
	served.create(host.Input())
}

// validateDefinition takes a resource that is itself a CustomResourceDefinition and reports what is wrong with it,
// whatever its version if it is to be read as v1.
//
//go:wasmexport validate_definition
func validateDefinition(asV1 int32) {
	defer host.Recover()
	text := host.Input()
	if asV1 != 0 {
		text = host.WithVersion(text, apiextensionsv1.SchemeGroupVersion.String())
	}
	_, strict, err := createDefinition(text)
	host.Report(strict)
	host.Report(err)
}

type definition struct {
	crd      *apiextensions.CustomResourceDefinition
	versions map[string]*version
}

// version compiles the schema of a version when it is first asked for.
func (d *definition) version(name string) (*version, error) {
	if made, ok := d.versions[name]; ok {
		return made, nil
	}
	made, err := newVersion(d.crd, name)
	if err == nil {
		d.versions[name] = made
	}
	return made, err
}
