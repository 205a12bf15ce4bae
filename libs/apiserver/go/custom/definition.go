//go:build wasip1

package main

import (
	"fmt"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"millrace.invalid/apiserver/host"
)

var scheme = runtime.NewScheme()
var definitionDecoder runtime.Decoder

func init() {
	install.Install(scheme)
	codecs := serializer.NewCodecFactory(scheme, serializer.EnableStrict)
	json, _ := runtime.SerializerInfoForMediaType(codecs.SupportedMediaTypes(), runtime.ContentTypeJSON)
	definitionDecoder = codecs.DecoderToVersion(json.StrictSerializer, apiextensions.SchemeGroupVersion)
}

// createDefinition does with a CustomResourceDefinition what the server does when one is created: it decodes, sets defaults,
// and validates it, schemas and CEL rules too. What only strict decoding objects to comes apart: the definition works with it.
func createDefinition(text []byte) (crd *apiextensions.CustomResourceDefinition, strict, err error) {
	crd, gvk, strict, err := decodeDefinition(text)
	if err != nil {
		return nil, nil, err
	}
	return crd, strict, host.Create(customresourcedefinition.NewStrategy(scheme), *gvk, crd)
}

// decodeDefinition is the half of createDefinition that makes a definition usable, for one that is known to be valid.
func decodeDefinition(text []byte) (crd *apiextensions.CustomResourceDefinition, gvk *schema.GroupVersionKind, strict, err error) {
	object, gvk, err := definitionDecoder.Decode(text, nil, nil)
	if err != nil {
		if object == nil || !runtime.IsStrictDecodingError(err) {
			return nil, nil, nil, err
		}
		strict = err
	}
	crd, ok := object.(*apiextensions.CustomResourceDefinition)
	if !ok {
		return nil, nil, nil, fmt.Errorf("not a CustomResourceDefinition: %s", gvk)
	}
	return crd, gvk, strict, nil
}
