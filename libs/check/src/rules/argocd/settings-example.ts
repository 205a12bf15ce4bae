/** Argo CD's ConfigMap of an example: what is given goes into its data. */
export function settingsExample(data: string): string {
  return `
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
  labels: {app.kubernetes.io/part-of: argocd}
data:
${data.trim().replaceAll(/^/gm, '  ')}
`;
}
