//go:build wasip1

package main

import (
	"strings"

	"k8s.io/apiserver/pkg/registry/rest"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/install"
	"k8s.io/kube-aggregator/pkg/registry/apiservice"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/capabilities"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicy"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicybinding"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/coordination/lease"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/discovery/endpointslice"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/ingressclass"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/node/runtimeclass"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	"k8s.io/kubernetes/pkg/registry/scheduling/priorityclass"
	"k8s.io/kubernetes/pkg/registry/storage/csidriver"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattributesclass"

	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/coordination/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/node/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"
)

func init() {
	apiregistration.Install(legacyscheme.Scheme)
	// Servers run with --allow-privileged almost everywhere: network plugins and storage drivers could not run without. Who may use it is
	// Pod Security's to say.
	capabilities.Setup(true, 0)
}

// strategies says for each kind, `group/Kind`, what the server does before it stores one.
var strategies = map[string]rest.RESTCreateStrategy{
	"/ConfigMap":             configmap.Strategy,
	"/LimitRange":            limitrange.Strategy,
	"/Namespace":             namespace.Strategy,
	"/PersistentVolume":      persistentvolume.Strategy,
	"/PersistentVolumeClaim": persistentvolumeclaim.Strategy,
	"/Pod":                   pod.Strategy,
	"/PodTemplate":           podtemplate.Strategy,
	"/ReplicationController": replicationcontroller.Strategy,
	"/ResourceQuota":         resourcequota.Strategy,
	"/Secret":                secret.Strategy,
	"/Service":               service.Strategy,
	"/ServiceAccount":        serviceaccount.Strategy,
	"admissionregistration.k8s.io/MutatingWebhookConfiguration":     mutatingwebhookconfiguration.Strategy,
	"admissionregistration.k8s.io/ValidatingAdmissionPolicy":        validatingadmissionpolicy.NewStrategy(nil, nil),
	"admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding": validatingadmissionpolicybinding.NewStrategy(nil, nil, nil),
	"admissionregistration.k8s.io/ValidatingWebhookConfiguration":   validatingwebhookconfiguration.Strategy,
	"apiregistration.k8s.io/APIService":                             apiservice.NewStrategy(legacyscheme.Scheme),
	"apps/DaemonSet":                                                daemonset.Strategy,
	"apps/Deployment":                                               deployment.Strategy,
	"apps/ReplicaSet":                                               replicaset.Strategy,
	"apps/StatefulSet":                                              statefulset.Strategy,
	"autoscaling/HorizontalPodAutoscaler":                           horizontalpodautoscaler.Strategy,
	"batch/CronJob":                                                 cronjob.Strategy,
	"batch/Job":                                                     job.Strategy,
	"coordination.k8s.io/Lease":                                     lease.Strategy,
	"discovery.k8s.io/EndpointSlice":                                endpointslice.Strategy,
	"networking.k8s.io/Ingress":                                     ingress.Strategy,
	"networking.k8s.io/IngressClass":                                ingressclass.Strategy,
	"networking.k8s.io/NetworkPolicy":                               networkpolicy.Strategy,
	"node.k8s.io/RuntimeClass":                                      runtimeclass.Strategy,
	"policy/PodDisruptionBudget":                                    poddisruptionbudget.Strategy,
	"rbac.authorization.k8s.io/ClusterRole":                         clusterrole.Strategy,
	"rbac.authorization.k8s.io/ClusterRoleBinding":                  clusterrolebinding.Strategy,
	"rbac.authorization.k8s.io/Role":                                role.Strategy,
	"rbac.authorization.k8s.io/RoleBinding":                         rolebinding.Strategy,
	"scheduling.k8s.io/PriorityClass":                               priorityclass.Strategy,
	"storage.k8s.io/CSIDriver":                                      csidriver.Strategy,
	"storage.k8s.io/StorageClass":                                   storageclass.Strategy,
	"storage.k8s.io/VolumeAttributesClass":                          volumeattributesclass.Strategy,
}

// notServed says which of a kind's versions have types but are not served: alpha and beta ones are off by default, or gone.
func notServed(version string) bool {
	return strings.Contains(version, "alpha") || strings.Contains(version, "beta")
}

// served lists the versions of a kind, `group/Kind`, that the server serves, the preferred one first.
func served(name string) (versions []string) {
	group, kind, _ := strings.Cut(name, "/")
	if _, known := strategies[name]; !known {
		return nil
	}
	for _, version := range legacyscheme.Scheme.PrioritizedVersionsForGroup(group) {
		if legacyscheme.Scheme.Recognizes(version.WithKind(kind)) && !notServed(version.Version) {
			versions = append(versions, version.Version)
		}
	}
	return versions
}
