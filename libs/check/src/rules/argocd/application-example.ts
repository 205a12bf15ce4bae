/** An Application of an example: what is given goes into its spec. */
export function applicationExample(spec: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: orders, namespace: argocd}
spec:
  project: team-orders
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: pipelines/orders}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
${spec.trim().replaceAll(/^/gm, '  ')}
`;
}
