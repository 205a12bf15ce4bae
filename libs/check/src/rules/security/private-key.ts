import type { ResourceRule } from '../../rule.js';
import { textsOf } from './texts.js';

// A key's text follows its heading: a heading alone is documentation.
const KEY = /-----BEGIN (?:[A-Z\d]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\[nr]|[^A-Za-z\d+/]){0,200}[A-Za-z\d+/=]{32}/;

export const privateKey: ResourceRule = {
  id: 'security/private-key',
  severity: 'error',
  title: 'No private key stands in a resource',
  source: 'R78; RFC 7468 (the headings)',
  consequence: 'Everybody who may read the repository or the resource can pass for the owner of the key.',
  fix: 'Replace the key and its certificate, and mount the new one from a Secret that is made in the cluster.',
  reach: 'resource',
  on: 'any',
  *check(subject) {
    for (const { path, text } of textsOf(subject)) if (KEY.test(text)) yield { path, message: 'a private key stands here' };
  },
  passes: `
apiVersion: v1
kind: ConfigMap
metadata: {name: orders-tls}
data:
  README: The key is in the Secret orders-tls and starts with -----BEGIN PRIVATE KEY-----.
`,
  fails: `
apiVersion: v1
kind: ConfigMap
metadata: {name: orders-tls}
data:
  tls.key: |
    -----BEGIN PRIVATE KEY-----
    bm90IGEga2V5LCBvbmx5IGFuIGV4YW1wbGUgb2Ygb25lIGluIHRoaXMgdGV4dC4=
    -----END PRIVATE KEY-----
`,
};
