// Package endpointslicemirroring has the name that the strategy of EndpointSlices knows the controller by; nothing here controls anything.
package endpointslicemirroring

const ControllerName = "endpointslicemirroring-controller.k8s.io"
