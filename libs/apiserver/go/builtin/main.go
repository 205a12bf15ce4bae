//go:build wasip1

// Package main is the API server's handling of Kubernetes' own kinds as a WebAssembly reactor: k8s.io/kubernetes.
// All decisions that are Millrace's own are the host's, in TypeScript: see ../../src.
package main

import (
	// A CronJob's time zone is looked up; there are no files here to find it in.
	_ "time/tzdata"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	servicehealth "k8s.io/kubernetes/pkg/api/service"
	"k8s.io/kubernetes/pkg/apis/core"
	"millrace.invalid/apiserver/host"
)

// main is never called (the module is a reactor), but the compiler wants one.
func main() {}

var decoder = func() runtime.Decoder {
	info, _ := runtime.SerializerInfoForMediaType(legacyscheme.Codecs.SupportedMediaTypes(), runtime.ContentTypeJSON)
	return legacyscheme.Codecs.DecoderToVersion(info.StrictSerializer, runtime.InternalGroupVersioner)
}()

// validate takes a resource of a known kind and reports what is wrong with it, whatever its version if it is to be read as the preferred one.
//
//go:wasmexport validate
func validate(asPreferred int32) {
	defer host.Recover()
	text := host.Input()
	if asPreferred != 0 {
		if gvk, err := json.DefaultMetaFactory.Interpret(text); err == nil {
			gvk.Version = served(name(*gvk))[0]
			text = host.WithVersion(text, gvk.GroupVersion().String())
		}
	}
	object, gvk, err := decoder.Decode(text, nil, nil)
	host.Report(err)
	if err != nil && (object == nil || !runtime.IsStrictDecodingError(err)) {
		return
	}
	// The storage of Services does this before it validates; what it allocates from the cluster, any port of its range stands for.
	if service, ok := object.(*core.Service); ok {
		if service.Spec.ClusterIP != "" && len(service.Spec.ClusterIPs) == 0 {
			service.Spec.ClusterIPs = []string{service.Spec.ClusterIP}
		}
		if servicehealth.NeedsHealthCheck(service) && service.Spec.HealthCheckNodePort == 0 {
			service.Spec.HealthCheckNodePort = 30000
		}
	}
	host.Report(host.Create(strategies[name(*gvk)], *gvk, object))
}

// versions takes a group and a kind, `apps/Deployment` or `/Pod`, and hands back the versions that the server serves, the preferred
// one first: none for a kind it does not know.
//
//go:wasmexport versions
func versions() {
	defer host.Recover()
	for _, version := range served(string(host.Input())) {
		host.Answer(version)
	}
}

// name is what the host and the strategies know a kind by.
func name(gvk schema.GroupVersionKind) string { return gvk.Group + "/" + gvk.Kind }
