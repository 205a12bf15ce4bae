import type { ReportedRule } from '../../rule.js';

export const brokenDefinition: ReportedRule = {
  id: 'schema/broken-definition',
  severity: 'error',
  title: 'The definition of a resource is one that the API server takes',
  source: 'Kubernetes API server (apiextensions-apiserver and the validation of its built-in kinds), run as it is',
  consequence: 'The API server refuses the definition, or takes it and validates nothing.',
  fix: 'Correct the schema at the place that the message names.',
  reach: 'reported',
  passes: `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: quotas.acme.example}
spec:
  group: acme.example
  scope: Namespaced
  names: {plural: quotas, singular: quota, kind: Quota, listKind: QuotaList}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {topics: {type: integer}}, x-kubernetes-validations: [{rule: "self.topics > 0"}]}}}
---
apiVersion: acme.example/v1
kind: Quota
metadata: {name: orders}
spec: {topics: 3}
`,
  fails: `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: quotas.acme.example}
spec:
  group: acme.example
  scope: Namespaced
  names: {plural: quotas, singular: quota, kind: Quota, listKind: QuotaList}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {topics: {type: integer}}, x-kubernetes-validations: [{rule: "self.topic > 0"}]}}}
---
apiVersion: acme.example/v1
kind: Quota
metadata: {name: orders}
spec: {topics: 3}
`,
};
