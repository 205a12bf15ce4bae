import type { ResourceRule } from '../../rule.js';
import { textsOf } from './texts.js';

/** What can be known by its form alone. Amazon's own examples end in EXAMPLE. */
const forms: readonly (readonly [what: string, form: RegExp])[] = [
  ['an AWS access key', /\bA(?:KIA|SIA)(?![A-Z\d]{9}EXAMPLE)[A-Z\d]{16}\b/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z\d]{36}|\bgithub_pat_[A-Za-z\d_]{60}/],
  ['a GitLab token', /\bglpat-[\w-]{20}/],
  ['a Slack token', /\bxox[abprs]-\d[\w-]{20}|hooks\.slack\.com\/services\/T\w{8,}\/B\w{8,}\/(?!\w*(?:laceholder|X{4}))\w{24}/],
  ['a Google API key', /\bAIza[\w-]{35}\b/],
];

export const accessToken: ResourceRule = {
  id: 'security/access-token',
  severity: 'error',
  title: 'No access key or token stands in a resource',
  source: 'R47, R78; the forms that AWS, GitHub, GitLab, Slack and Google publish for secret scanning',
  consequence: 'Everybody who may read the repository or the resource can use it; who scans public repositories finds it within minutes.',
  fix: 'Revoke it, and give the workload an identity of its own (IRSA, Workload Identity), or a Secret that is made in the cluster.',
  reach: 'resource',
  on: 'any',
  *check(subject) {
    for (const { path, text } of textsOf(subject)) {
      // The id of a key says whose the key is; fields that ask for it alone take the key from a Secret.
      if (/access_?key_?id$/i.test(String(path.at(-1)))) continue;
      const what = forms.find(([, form]) => form.test(text))?.[0];
      if (what !== undefined) yield { path, message: `${what} stands here` };
    }
  },
  passes: `
apiVersion: v1
kind: ServiceAccount
metadata:
  name: flink
  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/flink"}
`,
  fails: `
apiVersion: v1
kind: ConfigMap
metadata: {name: aws}
data:
  credentials: |
    [default]
    aws_access_key_id = AKIA0000000000000000
`,
};
