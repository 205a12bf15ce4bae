import { isCredentialStandIn } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { textsOf } from './texts.js';

/** A login module's line: options up to the semicolon, values in quotes or bare. */
const MODULE = /\w*LoginModule\s+(?:required|requisite|sufficient|optional)([^;]*)/g;
const OPTION =
  /\b(password|clientSecret|oauth\.client\.secret|oauth\.password\.grant\.password)\s*=\s*\\?(?:"((?:[^"\\]|\\(?!"))*)\\?"|'([^']*)'|([^\s;"']+))/g;

export const jaasPassword: ResourceRule = {
  id: 'security/jaas-password',
  severity: 'error',
  title: 'No login module has its password written out',
  source: 'R71, R78; Apache Kafka documentation, "sasl.jaas.config"',
  consequence: 'Everybody who may read the repository or the resource can connect to Kafka as this user.',
  fix: 'Take the whole line from the Secret that Strimzi makes for the user: its key "sasl.jaas.config", as an environment variable or a file.',
  reach: 'resource',
  on: 'any',
  *check(subject) {
    for (const { path, text } of textsOf(subject)) {
      const option = literalOption(text);
      if (option !== undefined) yield { path, message: `a login module has its ${option} written out here` };
    }
  },
  passes: `
apiVersion: v1
kind: ConfigMap
metadata: {name: kafka-client}
data:
  client.properties: |
    security.protocol=SASL_SSL
    sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="orders" password="\${KAFKA_PASSWORD}";
`,
  fails: `
apiVersion: v1
kind: ConfigMap
metadata: {name: kafka-client}
data:
  client.properties: |
    security.protocol=SASL_SSL
    sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="orders" password="not-so-secret";
`,
};

function literalOption(text: string): string | undefined {
  if (!text.includes('LoginModule')) return undefined;
  for (const [, options = ''] of text.matchAll(MODULE)) {
    for (const [, name, quoted, single, bare] of options.matchAll(OPTION)) {
      const value = quoted ?? single ?? bare ?? '';
      if (value !== '' && !isCredentialStandIn(value)) return name;
    }
  }
  return undefined;
}
