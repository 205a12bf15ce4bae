/** The files of an Application, its project and one topic that it delivers, for examples of what a project lets through. */
export function projectExample(project: string, deliveredNamespace = 'kafka'): Record<string, string> {
  return {
    'argocd/orders.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team-orders, namespace: argocd}
spec:
${project.trim().replaceAll(/^/gm, '  ')}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: orders, namespace: argocd}
spec:
  project: team-orders
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: pipelines/orders}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
`,
    'pipelines/orders/topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: ${deliveredNamespace}, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 3}
`,
  };
}
