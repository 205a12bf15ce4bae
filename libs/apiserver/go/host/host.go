//go:build wasip1

// Package host is all that the two modules of this folder can reach: what Millrace gives them and takes from them.
package host

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"unsafe"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

//go:wasmimport millrace input_size
func inputSize() int32

//go:wasmimport millrace input_copy
func inputCopy(to unsafe.Pointer)

//go:wasmimport millrace report
func report(reason, field, message string)

//go:wasmimport millrace answer
func answer(text string)

//go:wasmimport millrace panicked
func panicked(text string)

// Reasons beside those that Kubernetes has for a field; src/error-type.ts knows them all.
const (
	reasonStrict = "Strict"
	reasonRule   = "Rule"
)

func init() {
	// The host gives a call a time limit, not a memory limit: endless recursion must end by itself.
	debug.SetMaxStack(64 << 20)
	debug.SetGCPercent(200)
}

// Input takes the text that the host's call is about.
func Input() []byte {
	text := make([]byte, inputSize())
	if len(text) > 0 {
		inputCopy(unsafe.Pointer(unsafe.SliceData(text)))
	}
	return text
}

// WithVersion gives the text of a resource another apiVersion: the host asks for that where the resource's own is not served.
func WithVersion(text []byte, apiVersion string) []byte {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return text
	}
	fields["apiVersion"], _ = json.Marshal(apiVersion)
	replaced, _ := json.Marshal(fields)
	return replaced
}

// Recover is deferred by every exported function: the host drops the instance after a panic.
func Recover() {
	if cause := recover(); cause != nil {
		panicked(fmt.Sprint(cause))
	}
}

// Report hands an error of the server's to the host: every cause that a client would see, else the error's text.
func Report(err error) {
	if err == nil {
		return
	}
	if strict, ok := runtime.AsStrictDecodingError(err); ok {
		for _, each := range strict.Errors() {
			report(reasonStrict, "", each.Error())
		}
		return
	}
	var status apierrors.APIStatus
	if errors.As(err, &status) && status.Status().Details != nil && len(status.Status().Details.Causes) > 0 {
		for _, cause := range status.Status().Details.Causes {
			report(string(cause.Type), cause.Field, cause.Message)
		}
		return
	}
	var fault *field.Error
	if errors.As(err, &fault) {
		report(string(fault.Type), fault.Field, fault.ErrorBody())
		return
	}
	report("", "", err.Error())
}

// Answer hands the host one item of what it asked for.
func Answer(text string) { answer(text) }

// ReportRules hands the errors of CEL rules to the host.
func ReportRules(errs field.ErrorList) {
	for _, err := range errs {
		report(reasonRule, err.Field, err.ErrorBody())
	}
}
