// Package resolver has the type that the admission policy strategies name; nothing here asks a server for its resources.
package resolver

import "k8s.io/apimachinery/pkg/runtime/schema"

type ResourceResolver interface {
	Resolve(gvk schema.GroupVersionKind) (schema.GroupVersionResource, error)
}
