// Package client has the types that the pod strategy names; nothing here connects to a kubelet.
package client

import (
	"context"
	"net/http"

	"k8s.io/apimachinery/pkg/types"
)

type ConnectionInfo struct {
	Scheme                         string
	Hostname                       string
	Port                           string
	Transport                      http.RoundTripper
	InsecureSkipTLSVerifyTransport http.RoundTripper
	NodeFeatures                   []string
}

type ConnectionInfoGetter interface {
	GetConnectionInfo(ctx context.Context, nodeName types.NodeName) (*ConnectionInfo, error)
}
