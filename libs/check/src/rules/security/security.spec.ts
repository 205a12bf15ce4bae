import { describe, expect, it } from 'vitest';

import { formatPath } from '../../field.js';
import { judge } from '../../judge.js';
import { readManifests } from '../../sources/read-manifests.js';
import { Universe } from '../../universe.js';
import { securityRules } from './index.js';

interface Found {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}

/** What all rules of the area say of some manifests. */
function found(yaml: string): readonly Found[] {
  const reading = readManifests('manifests.yaml', yaml);
  if (reading.kind !== 'manifests') throw new Error(`no manifests: ${JSON.stringify(reading)}`);
  return judge(securityRules, new Universe(reading.subjects), 'everything').map(({ rule, offence: { path, message } }) => ({
    rule: rule.id,
    path: formatPath(path),
    message,
  }));
}

const places = (yaml: string) => found(yaml).map(({ rule, path }) => `${rule} ${path}`);

const configMap = (text: string, entry = 'settings') => `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: flink}
data: ${JSON.stringify({ [entry]: text })}
`;

const secretWith = (fields: string, metadata = 'name: credentials') => `
apiVersion: v1
kind: Secret
metadata: {${metadata}}
${fields}
`;

const flink = (spec: string, kind = 'FlinkDeployment') => `
apiVersion: flink.apache.org/v1beta1
kind: ${kind}
metadata: {name: app, namespace: flink}
spec: ${spec}
`;

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('security/secret', () => {
  it.each([
    ['nothing in it', ''],
    ['an empty value', 'stringData: {password: ""}'],
    ['nulls', 'stringData: {password: }\ndata: null'],
    ['variables', 'stringData: {password: "${PASSWORD}", token: "{{ .token }}"}'],
    ['what argocd-vault-plugin fills', 'stringData: {password: "<path:secret/data/db#password>"}\ndata: {token: <token>}'],
    ['a reference for 1Password', 'stringData: {token: "op://vault/item/field"}'],
    ['a word to be replaced', 'stringData: {password: REPLACE_ME, key: your-api-key}'],
    ['a certificate', `data: {ca.pem: ${base64('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')}}`],
    ['who and where', 'stringData: {username: orders, DB_HOST: db.orders.svc, tls.crt: anything}'],
    ['which kind, and by which image', 'stringData: {saslType: SCRAM-SHA-512, SIDECAR_IMAGE: "registry.acme.example/sidecar:1", SMTP_FROM: ops@acme.example}'],
    ['configuration that sets no secret', 'stringData: {logging.properties: "logger.authentication=info"}'],
    ['what SOPS has encrypted', 'data: {password: "ENC[AES256_GCM,data:abc,type:str]"}\nsops: {version: 3.9.0}'],
    ['a token that Kubernetes fills in', 'type: kubernetes.io/service-account-token\ndata: {extra: YWJj}'],
    ['odd shapes', 'data: [a]\nstringData: 5'],
  ])('says nothing of %s', (_what, fields) => {
    expect(found(secretWith(fields))).toEqual([]);
  });

  it('names the keys once, and never what they hold', () => {
    const [only, ...others] = found(secretWith(`data: {password: ${base64('hunter2')}, username: ${base64('orders')}}`));
    expect(only).toEqual({ rule: 'security/secret', path: 'data', message: 'the Secret credentials has values for password' });
    expect(others).toEqual([]);
  });

  it('finds a password in a configuration', () => {
    expect(places(secretWith('stringData: {client.properties: "ssl.keystore.password=hunter2"}'))).toEqual(['security/secret stringData']);
  });

  it('knows the Secrets in which Argo CD has repositories and clusters', () => {
    const metadata = (type: string) => `name: argo, labels: {argocd.argoproj.io/secret-type: ${type}}`;
    const repository = 'type: git, url: "https://example.com/platform.git", project: default';
    const cluster = (config: object) => `stringData: {name: prod, server: "https://prod.example.com", config: ${JSON.stringify(JSON.stringify(config))}}`;
    expect(found(secretWith(`stringData: {${repository}}`, metadata('repository')))).toEqual([]);
    expect(places(secretWith(`stringData: {${repository}, password: hunter2}`, metadata('repository')))).toEqual(['security/secret stringData']);
    expect(found(secretWith(cluster({ execProviderConfig: { command: 'argocd-k8s-auth' } }), metadata('cluster')))).toEqual([]);
    expect(places(secretWith(cluster({ bearerToken: 'abc' }), metadata('cluster')))).toEqual(['security/secret stringData']);
  });

  it('leaves a SealedSecret alone', () => {
    const sealed = `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: credentials}
spec: {encryptedData: {password: AgB0000000000000000000000000000000000000AKIA0000000000000000}}
`;
    expect(found(sealed)).toEqual([]);
  });
});

describe('credentials in texts', () => {
  const key = `-----BEGIN RSA PRIVATE KEY-----\n${'A'.repeat(64)}\n-----END RSA PRIVATE KEY-----`;

  it.each([
    ['a private key', key, 'security/private-key'],
    ['a private key on one line', key.replaceAll('\n', '\\n'), 'security/private-key'],
    ['a password in a JAAS line', 'org.apache.kafka.common.security.plain.PlainLoginModule required username=a password=hunter2;', 'security/jaas-password'],
    [
      'a password in an escaped JAAS line',
      '"sasl.jaas.config": "o.a.k.ScramLoginModule required username=\\"a\\" password=\\"hunter2\\";"',
      'security/jaas-password',
    ],
    ['a secret of OAuth', 'OAuthBearerLoginModule required oauth.client.id="a" oauth.client.secret="hunter2";', 'security/jaas-password'],
    ['an AWS key', 'aws_access_key_id=AKIA0123456789ABCDEF', 'security/access-token'],
    ['a GitHub token', `token: ghp_${'a1'.repeat(18)}`, 'security/access-token'],
    ['a password in a URL', 'mongodb://orders:hunter2@db.orders.svc/orders', 'security/url-password'],
    ['a password without a user in a URL', 'redis://:hunter2@cache.orders.svc:6379', 'security/url-password'],
  ])('finds %s', (_what, text, rule) => {
    const all = found(configMap(text));
    expect(all.map((one) => `${one.rule} ${one.path}`)).toEqual([`${rule} data.settings`]);
    expect(JSON.stringify(all)).not.toMatch(/hunter2|AAAA|AKIA0|ghp_/);
  });

  it.each([
    ['a public key', `-----BEGIN PUBLIC KEY-----\n${'A'.repeat(64)}\n-----END PUBLIC KEY-----`],
    ['a heading alone', 'starts with -----BEGIN PRIVATE KEY----- and goes on ...'],
    ['a JAAS line with a variable', 'ScramLoginModule required username="a" password="${file:/opt/kafka/user:password}";'],
    ['a JAAS line to be filled in', 'ScramLoginModule required username="<user>" password="<password>";'],
    ['a JAAS line of a template', 'ScramLoginModule required username="a" password="{{ .password }}";'],
    ['the key in Amazon’s documentation', 'aws_access_key_id=AKIAIOSFODNN7EXAMPLE'],
    ['the address of a Slack that is none', `https://hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`],
    ['a URL with a port and a query', 'https://example.com:8443/path?to=someone@example.com'],
    ['a URL with a user', 'ssh://git@github.com:22/example/platform.git'],
    ['a URL of documentation', 'https://username:password@example.com'],
    ['a URL with variables', 'postgresql://$(USER):$(PASSWORD)@db.orders.svc/orders'],
    ['images with digests', `quay.io/strimzi/kafka:1.2.0-kafka-4.3.1@sha256:${'a1'.repeat(32)}`],
  ])('says nothing of %s', (_what, text) => {
    expect(found(configMap(text))).toEqual([]);
  });

  it('takes the id of a key for no key, where a field asks for the id alone', () => {
    const solver = (field: string) =>
      `apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: acme}\nspec: {acme: {solvers: [{dns01: {route53: {${field}: AKIA0123456789ABCDEF}}}]}}\n`;
    expect(found(solver('accessKeyID'))).toEqual([]);
    expect(places(solver('comment'))).toEqual(['security/access-token spec.acme.solvers[0].dns01.route53.comment']);
  });

  it('looks into annotations and settings, and not into definitions', () => {
    const url = 'https://orders:hunter2@db.orders.svc';
    expect(places(flink(`{flinkConfiguration: {orders.url: "${url}"}}`))).toEqual(['security/url-password spec.flinkConfiguration[orders.url]']);
    const definition = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.example.com, annotations: {example: "${url}"}}\n`;
    expect(found(definition)).toEqual([]);
  });
});

describe('security/object-storage-key and security/literal-password', () => {
  it('finds the key of the storage, flat or nested', () => {
    expect(places(flink('{flinkConfiguration: {s3.access-key: a, s3.secret-key: b}}'))).toEqual([
      'security/object-storage-key spec.flinkConfiguration[s3.secret-key]',
    ]);
    expect(places(flink('{flinkConfiguration: {s3: {secret-key: b}}}'))).toEqual(['security/object-storage-key spec.flinkConfiguration.s3.secret-key']);
    expect(found(flink('{flinkConfiguration: {s3.secret-key: "${S3_SECRET}", s3.path.style.access: true}}'))).toEqual([]);
  });

  it('finds passwords of variables and arguments', () => {
    const env = (...variables: readonly string[]) =>
      flink(`{podTemplate: {spec: {containers: [{name: flink-main-container, env: [${variables.join(',')}]}]}}}`);
    expect(places(env('{name: DB_PASSWORD, value: hunter2}'))).toEqual(['security/literal-password spec.podTemplate.spec.containers[0].env[0].value']);
    expect(
      found(
        env(
          '{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}',
          '{name: DB_PASSWORD_FILE, value: /run/password}',
          '{name: SSL_PASSWORD, value: "$(OTHER)"}',
          '{name: MYSQL_ALLOW_EMPTY_PASSWORD, value: "yes"}',
          '{name: TOKEN_PATH, value: abc}',
          'null',
        ),
      ),
    ).toEqual([]);
    expect(places(flink('{job: {args: [--db.password, hunter2, --user, a]}}'))).toEqual(['security/literal-password spec.job.args[0]']);
    expect(places(flink('{flinkConfiguration: {security.ssl.rest.keystore-password: hunter22, security.ssl.rest.key-password: "${PASSWORD}"}}'))).toEqual([
      'security/literal-password spec.flinkConfiguration[security.ssl.rest.keystore-password]',
    ]);
    expect(places(flink('{deploymentName: a, job: {args: ["--password=hunter2"]}}', 'FlinkSessionJob'))).toEqual([
      'security/literal-password spec.job.args[0]',
    ]);
    expect(found(flink('{job: {args: [--password-file, /run/password, --password, "${PASSWORD}", 5]}}'))).toEqual([]);
  });
});

describe('security/sasl-properties', () => {
  it('finds them wherever a Flink job may have them', () => {
    expect(places(flink('{flinkConfiguration: {kafka.sasl.username: a, sasl.password: b}}'))).toEqual([
      'security/sasl-properties spec.flinkConfiguration[kafka.sasl.username]',
      'security/sasl-properties spec.flinkConfiguration[sasl.password]',
    ]);
    expect(places(flink('{deploymentName: a, job: {args: [--sasl.username, a, "--kafka.sasl.password=b"]}}', 'FlinkSessionJob'))).toEqual([
      'security/sasl-properties spec.job.args[0]',
      'security/sasl-properties spec.job.args[2]',
    ]);
    const variables = '{name: kafka.sasl.username, value: a}, {name: KAFKA_PROPERTIES, value: "sasl.username=a\\nsasl.password=b"}';
    expect(places(flink(`{podTemplate: {spec: {containers: [{name: flink-main-container, env: [${variables}]}]}}}`))).toEqual([
      'security/sasl-properties spec.podTemplate.spec.containers[0].env[0].name',
      'security/sasl-properties spec.podTemplate.spec.containers[0].env[1].value',
    ]);
  });

  it('finds them in properties of Java, once a file', () => {
    expect(found(configMap('security.protocol=SASL_SSL\nsasl.username=a\n  sasl.password: b\n', 'client.properties'))).toEqual([
      { rule: 'security/sasl-properties', path: 'data[client.properties]', message: 'no Java client of Kafka knows sasl.username and sasl.password' },
    ]);
    expect(places(configMap('spring:\n  kafka:\n    properties:\n      sasl.username: a\n      key.deserializer: x\n', 'application.yaml'))).toHaveLength(1);
  });

  it('leaves librdkafka alone, which knows both', () => {
    expect(
      found(configMap('security.protocol=SASL_SSL\nsasl.mechanisms=SCRAM-SHA-512\nsasl.username=a\nssl.ca.location=/ca.crt\n', 'client.properties')),
    ).toEqual([]);
    expect(found(configMap('sasl.username: a\nsasl.password: ${PASSWORD}\n', 'config.yaml'))).toEqual([]);
  });

  it('knows that a FlinkDeployment reads the ConfigMap', () => {
    const read = flink('{podTemplate: {spec: {volumes: [{name: kafka, configMap: {name: settings}}]}}}');
    expect(places(`${configMap('a', 'sasl.username')}---${read}`)).toEqual(['security/sasl-properties data[sasl.username]']);
    expect(found(configMap('a', 'sasl.username'))).toEqual([]);
  });

  it('says nothing of a comment, or of variables that a job makes its own line of', () => {
    expect(found(configMap('# sasl.username=a is for Python\nsasl.mechanism=SCRAM-SHA-512\n', 'client.properties'))).toEqual([]);
    const variable = '{name: KAFKA_SASL_PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}';
    expect(found(flink(`{podTemplate: {spec: {containers: [{name: flink-main-container, env: [${variable}]}]}}}`))).toEqual([]);
  });
});

describe('pod security', () => {
  const namespace = (level: string) =>
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: flink, labels: {pod-security.kubernetes.io/enforce: ${level}}}\n---\n`;
  const restricted = '{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}';
  const pod = '{runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}';
  const workload = (spec: string, kind = 'Deployment') =>
    `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: app, namespace: flink}\nspec: {template: {spec: ${spec}}}\n`;
  const open =
    '{hostNetwork: true, volumes: [{name: v, hostPath: {path: /var}}], containers: [{name: a, securityContext: {privileged: true, capabilities: {add: [SYS_ADMIN, CHOWN]}}}]}';
  const opened = [
    'spec.template.spec.hostNetwork',
    'spec.template.spec.volumes[0].hostPath',
    'spec.template.spec.containers[0].securityContext.privileged',
    'spec.template.spec.containers[0].securityContext.capabilities.add',
  ];

  it('warns of power over the node; where it is refused that is the error', () => {
    expect(places(workload(open))).toEqual(opened.map((path) => `security/node-access ${path}`));
    expect(places(namespace('privileged') + workload(open))).toEqual(opened.map((path) => `security/node-access ${path}`));
    expect(places(namespace('baseline') + workload(open))).toEqual(opened.map((path) => `security/enforced-pod-security ${path}`));
  });

  it('says nothing of a DaemonSet, unless it is refused', () => {
    expect(found(workload(open, 'DaemonSet'))).toEqual([]);
    expect(found(namespace('baseline') + workload(open, 'DaemonSet'))).toHaveLength(4);
  });

  it('asks for nothing where nothing is enforced, or only warned of', () => {
    const plain = workload('{containers: [{name: a}]}');
    expect(found(plain)).toEqual([]);
    expect(found(namespace('baseline') + plain)).toEqual([]);
    expect(found(namespace('restricted').replace('enforce:', 'warn:') + plain)).toEqual([]);
    expect(found(namespace('restricted').replace('name: flink', 'name: other') + plain)).toEqual([]);
  });

  it('lets the pod speak for its containers, and each container for itself', () => {
    expect(found(namespace('restricted') + workload(`{securityContext: ${pod}, containers: [{name: a, securityContext: ${restricted}}]}`))).toEqual([]);
    const own = '{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, runAsNonRoot: true, seccompProfile: {type: Localhost, localhostProfile: a}}';
    expect(found(namespace('restricted') + workload(`{containers: [{name: a, securityContext: ${own}}]}`))).toEqual([]);
    expect(found(namespace('restricted') + workload(`{securityContext: ${pod}, containers: [{name: a, securityContext: ${restricted}}, {name: b}]}`))).toEqual([
      {
        rule: 'security/enforced-pod-security',
        path: 'spec.template.spec.containers[1].securityContext',
        message:
          'namespace flink enforces "restricted", but the container b lacks allowPrivilegeEscalation: false, capabilities: {drop: [ALL]} in its securityContext',
      },
    ]);
  });

  it('sees the pods that Flink makes of its templates', () => {
    const template = (context: string, container: string) =>
      `{spec: {securityContext: ${context}, containers: [{name: flink-main-container, securityContext: ${container}}]}}`;
    expect(places(namespace('restricted') + flink('{}'))).toEqual(['security/enforced-pod-security spec.podTemplate.spec.securityContext']);
    expect(found(namespace('restricted') + flink(`{podTemplate: ${template(pod, restricted)}}`))).toEqual([]);
    // Each role gets the half that the common template lacks.
    const halves = `{podTemplate: ${template(pod, '{}')}, jobManager: {podTemplate: ${template('{}', restricted)}}, taskManager: {podTemplate: ${template('{}', restricted)}}}`;
    expect(found(namespace('restricted') + flink(halves))).toEqual([]);
    const onlyOne = `{podTemplate: ${template(pod, '{}')}, jobManager: {podTemplate: ${template('{}', restricted)}}}`;
    expect(found(namespace('restricted') + flink(onlyOne))).toHaveLength(1);
  });
});

describe('access to the Secrets of Kafka', () => {
  const role = (rule: string) => `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: reader, namespace: kafka}\nrules: [${rule}]\n---\n`;
  const binding = (subject: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: kafka}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [${subject}]
---
`;
  const kafka = 'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: kafka-cluster, namespace: kafka}\n---\n';
  const all = '{apiGroups: [""], resources: [secrets], verbs: [get, list]}';
  const store =
    'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: s, namespace: flink}\nspec: {provider: {kubernetes: {remoteNamespace: kafka, auth: {serviceAccount: {name: sa}}}}}\n';

  it('is said of a team, and not of operators or of whoever works there', () => {
    const reader = '{kind: ServiceAccount, name: sa, namespace: flink}';
    expect(places(kafka + role(all) + binding(reader) + store)).toEqual(['security/every-secret subjects[0]']);
    expect(found(kafka + role(all) + binding('{kind: ServiceAccount, name: strimzi-cluster-operator, namespace: strimzi}') + store)).toEqual([]);
    expect(found(kafka + role(all) + binding('{kind: ServiceAccount, name: sa}') + store)).toEqual([]);
    expect(found(role(all) + binding(reader) + store)).toEqual([]);
  });

  it('is an error for the private keys of the authorities', () => {
    const rule = (verbs: string, name: string) => role(`{apiGroups: [""], resources: [secrets], resourceNames: [${name}], verbs: [${verbs}]}`);
    expect(places(rule('get', 'kafka-cluster-clients-ca'))).toEqual(['security/ca-key rules[0].resourceNames[0]']);
    expect(found(rule('get', 'kafka-cluster-clients-ca-cert'))).toEqual([]);
    expect(found(rule('create', 'kafka-cluster-clients-ca'))).toEqual([]);
  });

  it.each([
    ['15m', 0],
    ['1h0m0s', 0],
    ['61m', 1],
    ['24h', 1],
    ['0', 1],
    ['0s', 1],
    ['"{{ .interval }}"', 0],
  ])('refreshes a certificate every %s', (interval, count) => {
    const secret = (key: string) => `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: a, namespace: flink}
spec: {refreshInterval: ${interval}, data: [{secretKey: a, remoteRef: {key: ${key}}}]}
`;
    expect(found(secret('kafka-cluster-cluster-ca-cert'))).toHaveLength(count);
    expect(found(secret('orders'))).toEqual([]);
  });

  it('is copied to named namespaces only', () => {
    const user = (namespaces: string) => `
apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaUser
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {template: {secret: {metadata: {annotations: {reflector.v1.k8s.emberstack.com/reflection-allowed: true${namespaces}}}}}}
`;
    const at = 'spec.template.secret.metadata.annotations';
    expect(places(user(''))).toEqual([`security/reflected-secret ${at}[reflector.v1.k8s.emberstack.com/reflection-allowed]`]);
    expect(places(user(', reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces: ".*"'))).toEqual([
      `security/reflected-secret ${at}[reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces]`,
    ]);
    expect(found(user(', reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces: "team-.*"'))).toEqual([]);
    // The replicator copies nothing where it has no list.
    const replicator = (more: string) => user('').replace(/\{reflector.*?true/, `{replicator.v1.mittwald.de/replication-allowed: true${more}`);
    expect(found(replicator(''))).toEqual([]);
    expect(places(replicator(', replicator.v1.mittwald.de/replication-allowed-namespaces: ".*"'))).toHaveLength(1);
  });
});

describe('security/cluster-admin', () => {
  const bound = (subject: string, role = 'cluster-admin') => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: b}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role}}
subjects: [${subject}]
---
`;

  it('is said of jobs and of everybody, and not of an operator', () => {
    const job = flink('{serviceAccount: flink}');
    expect(places(bound('{kind: ServiceAccount, name: flink, namespace: flink}') + job)).toEqual(['security/cluster-admin subjects[0]']);
    expect(found(bound('{kind: ServiceAccount, name: flink, namespace: other}') + job)).toEqual([]);
    expect(found(bound('{kind: ServiceAccount, name: argocd-application-controller, namespace: argocd}'))).toEqual([]);
    expect(found(bound('{kind: Group, name: "oidc:admins"}'))).toEqual([]);
    expect(places(bound('{kind: Group, name: "system:authenticated"}'))).toEqual(['security/cluster-admin subjects[0]']);
    expect(found(bound('{kind: Group, name: "system:authenticated"}', 'view'))).toEqual([]);
  });

  it('knows a role that is cluster-admin by another name', () => {
    const role = (rule: string) => `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: all}\nrules: [${rule}]\n---\n`;
    const yaml = bound('{kind: ServiceAccount, name: flink, namespace: flink}', 'all') + flink('{serviceAccount: flink}');
    expect(places(role('{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}') + yaml)).toEqual(['security/cluster-admin subjects[0]']);
    expect(found(role('{apiGroups: [apps], resources: ["*"], verbs: ["*"]}') + yaml)).toEqual([]);
  });
});

describe('security/data-port', () => {
  const policy = (ingress: string, selector = '{matchLabels: {app: app, component: taskmanager}}', more = '') => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: app, namespace: flink}
spec: {podSelector: ${selector}, ingress: ${ingress}${more}}
`;
  // The port of the metrics is the next rule's.
  const named = '[{ports: [{port: 6122}, {port: 9249}]}]';
  const own = (yaml: string) => places(yaml).filter((place) => place.startsWith('security/data-port '));

  it('finds a port by chance, and one that the policy does not have', () => {
    expect(own(flink('{job: {parallelism: 4}}') + policy(named))).toEqual(['security/data-port spec.flinkConfiguration[taskmanager.data.port]']);
    expect(own(flink('{job: {parallelism: 4}, flinkConfiguration: {taskmanager.data.port: 6121}}') + policy(named))).toHaveLength(1);
    // A session cluster: how many TaskManagers there are is not known.
    expect(own(flink('{}') + policy(named))).toHaveLength(1);
  });

  it.each([
    ['one TaskManager', flink('{job: {parallelism: 2}, flinkConfiguration: {taskmanager.numberOfTaskSlots: "2"}}') + policy(named)],
    ['all ports for somebody', flink('{}') + policy('[{ports: [{port: 6122}]}, {from: [{podSelector: {}}]}]')],
    ['a range of ports', flink('{}') + policy('[{ports: [{port: 6122}, {port: 32768, endPort: 60999}]}]')],
    ['a policy for other pods', flink('{}') + policy(named, '{matchLabels: {app: other}}')],
    ['a policy for the JobManager', flink('{}') + policy(named, '{matchLabels: {component: jobmanager}}')],
    ['a policy for what goes out', flink('{}') + policy(named, '{}', ', policyTypes: [Egress]')],
    ['a policy that has nothing to do with Flink', flink('{}') + policy('[{ports: [{port: 8080}]}]', '{}')],
  ])('says nothing of %s', (_what, yaml) => {
    expect(own(yaml)).toEqual([]);
  });
});
