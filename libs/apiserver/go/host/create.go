//go:build wasip1

package host

import (
	"context"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/storage/names"
)

// Create is what the API server does to a decoded object between admission and storage: k8s.io/apiserver's
// registry/generic/registry.(*Store).create up to where it would store.
func Create(strategy rest.RESTCreateStrategy, gvk schema.GroupVersionKind, object runtime.Object) error {
	metadata, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	namespace := ""
	if strategy.NamespaceScoped() {
		// A client without a namespace of its own sends the request to this one.
		namespace = "default"
		if metadata.GetNamespace() != "" {
			namespace = metadata.GetNamespace()
		}
	}
	ctx := request.WithNamespace(context.Background(), namespace)
	ctx = request.WithRequestInfo(ctx, &request.RequestInfo{
		IsResourceRequest: true,
		Verb:              "create",
		APIGroup:          gvk.Group,
		APIVersion:        gvk.Version,
		Namespace:         namespace,
	})
	rest.FillObjectMetaSystemFields(metadata)
	if metadata.GetGenerateName() != "" && metadata.GetName() == "" {
		metadata.SetName(names.SimpleNameGenerator.GenerateName(metadata.GetGenerateName()))
	}
	return rest.BeforeCreate(strategy, ctx, object)
}
