// Package endpointslice has the name that the strategy of EndpointSlices knows the controller by; nothing here controls anything.
package endpointslice

const ControllerName = "endpointslice-controller.k8s.io"
