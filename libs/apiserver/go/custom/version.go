//go:build wasip1

package main

import (
	"context"
	"fmt"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/crdserverscheme"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/registry/rest"
	"millrace.invalid/apiserver/host"
)

// version is a version of a definition as the server serves it.
type version struct {
	gvk      schema.GroupVersionKind
	schema   *structuralschema.Structural
	strategy rest.RESTCreateStrategy
	rules    *cel.Validator
}

// newVersion is what k8s.io/apiextensions-apiserver's customresource_handler.go makes of a version (getOrCreateServingInfoFor).
func newVersion(crd *apiextensions.CustomResourceDefinition, name string) (*version, error) {
	gvk := schema.GroupVersionKind{Group: crd.Spec.Group, Version: name, Kind: crd.Spec.Names.Kind}
	validated, err := apiextensions.GetSchemaForVersion(crd, name)
	if err != nil {
		return nil, err
	}
	if validated == nil {
		return nil, fmt.Errorf("version %s has no schema", name)
	}
	structural, err := structuralschema.NewStructural(validated.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	structural = structural.DeepCopy()
	if err := defaulting.PruneDefaults(structural); err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(validated.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	sub, err := apiextensions.GetSubresourcesForVersion(crd, name)
	if err != nil {
		return nil, err
	}
	if sub == nil {
		sub = &apiextensions.CustomResourceSubresources{}
	}
	namespaced := crd.Spec.Scope == apiextensions.NamespaceScoped
	typer := crdserverscheme.NewUnstructuredObjectTyper()
	rules, plain := cel.NewValidator(structural, true, celconfig.PerCallLimit), structural
	if rules != nil {
		plain = withoutRules(structural)
	}
	return &version{
		gvk:    gvk,
		schema: structural,
		// The strategy gets a schema without rules: the rules are run apart, so that the host can tell their errors from the schema's.
		strategy: customresource.NewStrategy(typer, namespaced, gvk, validator, nil, plain, sub.Status, sub.Scale, nil),
		rules:    rules,
	}, nil
}

func withoutRules(s *structuralschema.Structural) *structuralschema.Structural {
	copied := s.DeepCopy()
	visitor := structuralschema.Visitor{
		Structural: func(s *structuralschema.Structural) bool {
			s.XValidations = nil
			return true
		},
		NestedValueValidation: func(v *structuralschema.NestedValueValidation) bool {
			v.ValidationExtensions.XValidations = nil
			return true
		},
	}
	visitor.Visit(copied)
	return copied
}

type creator struct{}

func (creator) New(schema.GroupVersionKind) (runtime.Object, error) {
	return &unstructured.Unstructured{}, nil
}

var strictJSON = json.NewSerializerWithOptions(json.DefaultMetaFactory, creator{}, crdserverscheme.NewUnstructuredObjectTyper(), json.SerializerOptions{Strict: true})

// create reports every reason why the server would not create the resource.
func (v *version) create(text []byte) {
	object, _, err := strictJSON.Decode(text, nil, nil)
	resource, ok := object.(*unstructured.Unstructured)
	if !ok || err != nil && !runtime.IsStrictDecodingError(err) {
		host.Report(err)
		return
	}
	host.Report(err)
	// The host has chosen the version, which may not be the one that the resource names.
	resource.SetAPIVersion(v.gvk.GroupVersion().String())
	unknown, err := v.coerce(resource)
	if err != nil {
		host.Report(err)
		return
	}
	host.Report(runtime.NewStrictDecodingError(unknown))
	defaulting.Default(resource.Object, v.schema)
	err = host.Create(v.strategy, v.gvk, resource)
	host.Report(err)
	if v.rules != nil && !blocking(err) {
		errs, _ := v.rules.Validate(context.Background(), nil, v.schema, resource.Object, nil, celconfig.RuntimeCELCostBudget)
		host.ReportRules(errs)
	}
}

// coerce is customresource_handler.go's unstructuredSchemaCoercer.apply, as it is for a strict request.
func (v *version) coerce(resource *unstructured.Unstructured) (unknown []error, err error) {
	metadata, found, paths, err := objectmeta.GetObjectMetaWithOptions(resource.Object, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return nil, err
	}
	paths = append(paths, pruning.PruneWithOptions(resource.Object, v.schema, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	defaulting.PruneNonNullableNullsWithoutDefaults(resource.Object, v.schema)
	fault, embedded := objectmeta.CoerceWithOptions(nil, resource.Object, v.schema, false, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if fault != nil {
		return nil, fault
	}
	for _, path := range append(paths, embedded...) {
		unknown = append(unknown, fmt.Errorf(`unknown field "%s"`, path))
	}
	resource.SetGroupVersionKind(v.gvk)
	if found {
		return unknown, objectmeta.SetObjectMeta(resource.Object, metadata)
	}
	return unknown, nil
}

// blocking says whether the server would skip the rules: strategy.go's hasBlockingErr of the package customresource.
func blocking(err error) bool {
	status, ok := err.(apierrors.APIStatus)
	if !ok {
		return err != nil
	}
	for _, cause := range status.Status().Details.Causes {
		switch cause.Type {
		case metav1.CauseTypeFieldValueNotSupported, metav1.CauseTypeFieldValueRequired, "FieldValueTooLong", metav1.CauseTypeTooMany, metav1.CauseTypeTypeInvalid:
			return true
		}
	}
	return false
}
