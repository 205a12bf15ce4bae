//go:build wasip1

package main

// What the first definition with a rule costs more than the second, CEL's environment above all, is made while the module starts. It starts when
// it is built: ../snapshot.mjs.
func init() {
	crd, _, err := createDefinition([]byte(`{
		"apiVersion": "apiextensions.k8s.io/v1",
		"kind": "CustomResourceDefinition",
		"metadata": {"name": "firsts.millrace.invalid"},
		"spec": {
			"group": "millrace.invalid",
			"names": {"kind": "First", "listKind": "FirstList", "plural": "firsts", "singular": "first"},
			"scope": "Namespaced",
			"versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
				"type": "object",
				"properties": {"spec": {
					"type": "object",
					"properties": {"name": {"type": "string", "maxLength": 9}},
					"x-kubernetes-validations": [{"rule": "!has(self.name) || self.name != 'none'"}]
				}}
			}}}]
		}
	}`))
	if err != nil {
		panic(err)
	}
	first, err := newVersion(crd, "v1")
	if err != nil {
		panic(err)
	}
	first.create([]byte(`{"apiVersion": "millrace.invalid/v1", "kind": "First", "metadata": {"name": "first"}, "spec": {"name": "one"}}`))
}
