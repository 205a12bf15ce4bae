import { isCredentialStandIn } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { textsOf } from './texts.js';

const URL_WITH_PASSWORD = /\b[a-z][a-z\d+.-]*:\/\/([^\s:@/'"<>`]*):([^\s@/'"`]+)@[\w[]/gi;
/** Names in documentation and comments, not of anybody. */
const ANYBODY = /^(?:my|your)?[-_]?(?:user|username|login|name)$/i;

export const urlPassword: ResourceRule = {
  id: 'security/url-password',
  severity: 'error',
  title: 'No URL has a password in it',
  source: 'R78; RFC 3986, 3.2.1 (passwords in URLs are deprecated)',
  consequence: 'Everybody who may read the repository, the resource or a log in which the URL is printed has the password.',
  fix: 'Replace the password, leave it out of the URL, and give it to the workload from a Secret that is made in the cluster.',
  reach: 'resource',
  on: 'any',
  *check(subject) {
    for (const { path, text } of textsOf(subject)) {
      if (!text.includes('://')) continue;
      const found = [...text.matchAll(URL_WITH_PASSWORD)].some(
        ([, user = '', password = '']) => !ANYBODY.test(user) && !isCredentialStandIn(password) && !/[${<]/.test(user + password),
      );
      if (found) yield { path, message: 'a URL with a password in it stands here' };
    }
  },
  passes: `
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}
data: {jdbc.url: "postgresql://orders@db.orders.svc:5432/orders"}
`,
  fails: `
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}
data: {jdbc.url: "postgresql://orders:not-so-secret@db.orders.svc:5432/orders"}
`,
};
