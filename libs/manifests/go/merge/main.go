// Applies Argo CD's settings to an argocd-cm that others have made, in the way Argo CD does: the kubectl in it migrates fields of
// client-side apply to its own manager after the first apply, and applies again (kubectl v0.36.1, pkg/cmd/apply/apply.go:
// applyOneObject, migrateToSSAIfNecessary). Fields are managed by the API server's own code. Settings come on standard input.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/apimachinery/pkg/util/managedfields/managedfieldstest"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/client-go/util/csaupgrade"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
)

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

var theirs = map[string]any{"url": "https://argocd.acme.example", "oidc.config": "issuer: x", "resource.exclusions": "[]"}

func main() {
	settings := &unstructured.Unstructured{}
	if err := json.NewDecoder(os.Stdin).Decode(&settings.Object); err != nil {
		fail("the settings cannot be read: %v", err)
	}
	before := settings.DeepCopy()
	unstructured.RemoveNestedField(before.Object, "metadata", "annotations", lastApplied)
	ways := map[string]func(cluster managedfieldstest.TestFieldManager) error{
		"kubectl apply": func(cluster managedfieldstest.TestFieldManager) error {
			return cluster.Update(made(map[string]any{lastApplied: `{"data":{}}`}), "kubectl-client-side-apply")
		},
		"kubectl apply --server-side": func(cluster managedfieldstest.TestFieldManager) error {
			return cluster.Apply(made(nil), "kubectl", true)
		},
		"Helm": func(cluster managedfieldstest.TestFieldManager) error { return cluster.Update(made(nil), "helm") },
	}
	for way, install := range ways {
		cluster := managedfieldstest.NewTestFieldManager(managedfields.NewDeducedTypeConverter(), schema.GroupVersionKind{Version: "v1", Kind: "ConfigMap"})
		check(install(cluster))
		// Twice, and once more after the same way of installing has come by again.
		sync(cluster, settings)
		sync(cluster, settings)
		if way == "kubectl apply" {
			again := live(cluster)
			again.SetAnnotations(map[string]string{lastApplied: `{"data":{"url":""}}`})
			check(cluster.Update(again, "kubectl-client-side-apply"))
			sync(cluster, settings)
		}
		for key, value := range theirs {
			if got, _, _ := unstructured.NestedString(live(cluster).Object, "data", key); got != value {
				fail("of an argocd-cm that was made by %s, the sync made %q of %s", way, got, key)
			}
		}
		ours, _, _ := unstructured.NestedStringMap(settings.Object, "data")
		for key, value := range ours {
			if got, _, _ := unstructured.NestedString(live(cluster).Object, "data", key); got != value {
				fail("in an argocd-cm that was made by %s, %s is %q after the sync", way, key, got)
			}
		}
	}

	// That there is something to keep: without the annotation, all that kubectl apply had made is gone.
	cluster := managedfieldstest.NewTestFieldManager(managedfields.NewDeducedTypeConverter(), schema.GroupVersionKind{Version: "v1", Kind: "ConfigMap"})
	check(ways["kubectl apply"](cluster))
	sync(cluster, before)
	if _, found, _ := unstructured.NestedString(live(cluster).Object, "data", "url"); found {
		fail("kubectl no longer takes over what it has applied: the annotation %s is needless", lastApplied)
	}
	fmt.Printf("merged into what %d ways of installing have made\n", len(ways))
}

func made(annotations map[string]any) *unstructured.Unstructured {
	metadata := map[string]any{"name": "argocd-cm", "namespace": "argocd"}
	if annotations != nil {
		metadata["annotations"] = annotations
	}
	return &unstructured.Unstructured{Object: map[string]any{"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": runtime.DeepCopyJSON(theirs)}}
}

func live(cluster managedfieldstest.TestFieldManager) *unstructured.Unstructured {
	object, err := runtime.DefaultUnstructuredConverter.ToUnstructured(cluster.Live())
	check(err)
	result := &unstructured.Unstructured{Object: object}
	result.SetManagedFields(cluster.ManagedFields())
	result.SetResourceVersion("1")
	return result
}

// sync applies as Argo CD does with ServerSideApply=true and ClientSideApplyMigration=false.
func sync(cluster managedfieldstest.TestFieldManager, settings *unstructured.Unstructured) {
	const manager = "argocd-controller"
	check(cluster.Apply(settings.DeepCopy(), manager, true))
	object := live(cluster)
	annotation := fieldpath.NewSet(fieldpath.MakePathOrDie("metadata", "annotations", lastApplied))
	clients := sets.New[string]()
	for _, entry := range csaupgrade.FindFieldsOwners(object.GetManagedFields(), metav1.ManagedFieldsOperationUpdate, annotation) {
		clients.Insert(entry.Manager)
	}
	patch, err := csaupgrade.UpgradeManagedFieldsPatch(object, clients, manager)
	check(err)
	if patch == nil {
		return
	}
	decoded, err := jsonpatch.DecodePatch(patch)
	check(err)
	text, err := object.MarshalJSON()
	check(err)
	text, err = decoded.Apply(text)
	check(err)
	migrated := &unstructured.Unstructured{}
	check(migrated.UnmarshalJSON(text))
	check(cluster.Update(migrated, "kubectl"))
	check(cluster.Apply(settings.DeepCopy(), manager, true))
}

func check(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(1)
}
