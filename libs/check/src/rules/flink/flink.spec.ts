import { describe, expect, it } from 'vitest';

import { formatPath } from '../../field.js';
import { readManifests } from '../../sources/read-manifests.js';
import { Universe } from '../../universe.js';
import { flinkRules } from './index.js';
import { isDuration, isMemorySize, isQuartzCron, isResourceMemory } from './value-formats.js';

/** Every finding of this area on a text: rule and path. */
function found(text: string): readonly string[] {
  const reading = readManifests('example.yaml', text);
  if (reading.kind !== 'manifests') throw new Error(JSON.stringify(reading));
  const universe = new Universe(reading.subjects);
  return reading.subjects.flatMap((subject) =>
    flinkRules.flatMap((rule) =>
      (rule.reach === 'resource' || rule.reach === 'references') && rule.on.includes(subject.groupKind)
        ? [...(rule.reach === 'resource' ? rule.check(subject) : rule.check(subject, universe))].map(({ path }) => `${rule.id} ${formatPath(path)}`)
        : [],
    ),
  );
}

/** The rules that find something, without the paths. */
const rulesOf = (text: string): readonly string[] => found(text).map((line) => line.split(' ')[0] ?? '');

/** An application with nothing to find, with lines of one's own at the ends of the spec, of its configuration, and of its job. */
function application({
  version = 'v2_2',
  image = 'registry.example.com/orders/order-processor:1.4.2',
  mode = 'stateless',
  spec = '',
  configuration = '',
  job = '',
}: Partial<Record<'version' | 'image' | 'mode' | 'spec' | 'configuration' | 'job', string>> = {}): string {
  return `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  image: ${image}
  flinkVersion: ${version}
  serviceAccount: flink
  jobManager: {resource: {memory: 2048m, cpu: 1}}
  taskManager: {resource: {memory: 2048m, cpu: 1}}
  flinkConfiguration:
    taskmanager.numberOfTaskSlots: 2
${indent(configuration, 4)}
  job:
    jarURI: local:///opt/flink/usrlib/order-processor.jar
    parallelism: 2
    upgradeMode: ${mode}
${indent(job, 4)}
${indent(spec, 2)}
`;
}

const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

const highlyAvailable = `
high-availability.type: kubernetes
high-availability.storageDir: s3://orders/ha
execution.checkpointing.dir: s3://orders/checkpoints
execution.checkpointing.savepoint-dir: s3://orders/savepoints
`;

describe('a deployment that is right', () => {
  it.each(['v1_19', 'v1_20', 'v2_0', 'v2_2'])('has no finding on %s', (version) => {
    expect(found(application({ version }))).toEqual([]);
  });

  it('has none with state, high availability and a plugin', () => {
    const spec =
      'podTemplate: {spec: {containers: [{name: flink-main-container, env: [{name: ENABLE_BUILT_IN_PLUGINS, value: flink-s3-fs-presto-2.2.1.jar}]}]}}';
    expect(found(application({ image: 'flink:2.2.1-java17', mode: 'last-state', spec, configuration: highlyAvailable }))).toEqual([]);
  });

  it.each(['spec: 3', 'spec: []', 'spec: {flinkConfiguration: [a], job: x, podTemplate: 1, jobManager: no, ingress: 1, logConfiguration: []}', ''])(
    'is not looked for in odd shapes: %s',
    (spec) => {
      for (const kind of ['FlinkDeployment', 'FlinkSessionJob', 'FlinkStateSnapshot', 'FlinkBlueGreenDeployment']) {
        expect(() => found(`{apiVersion: flink.apache.org/v1beta1, kind: ${kind}, metadata: {name: a}, ${spec}}`)).not.toThrow();
      }
    },
  );
});

describe('defects that a person makes together', () => {
  it('are told one by one, of a first attempt', () => {
    const text = `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  mode: application
  flinkConfiguration:
    execution.checkpointing.interval: "60000"
    state.checkpoints.dir: s3://orders/checkpoints
  job: {jarURI: "s3://orders/order-processor.jar", parallelism: 2}
`;
    expect(found(text)).toEqual([
      'flink/version spec.flinkVersion',
      'flink/deployment-mode spec.mode',
      'flink/service-account spec.serviceAccount',
      'flink/memory spec.jobManager.resource.memory',
      'flink/memory spec.taskManager.resource.memory',
      'flink/upgrade-mode spec.job.upgradeMode',
      'flink/high-availability spec.flinkConfiguration[high-availability.type]',
      'flink/jar-uri spec.job.jarURI',
    ]);
  });

  it('are told one by one, of an old deployment', () => {
    const text = application({ version: 'v1_17', image: 'flink:1.17' }).replace(/^ {4}upgradeMode.*$/m, '') + '  upgradeMode: last-state\n';
    expect(found(text)).toEqual(['flink/deprecated-version spec.flinkVersion', 'flink/upgrade-mode-place spec.upgradeMode']);
  });

  it('are told one by one, of a move to Flink 2', () => {
    const configuration = `
state.backend: filesystem
execution.checkpointing.dir: file:///state/checkpoints
high-availability.type: kubernetes
high-availability.storageDir: file:///state/ha
restart-strategy: fixed-delay
restart-strategy.fixed-delay.attempts: 10
`;
    expect(found(application({ image: 'flink:2.2', mode: 'savepoint', configuration }))).toEqual([
      'flink/state-directory spec.flinkConfiguration[execution.checkpointing.savepoint-dir]',
      'flink/overlapping-keys spec.flinkConfiguration.restart-strategy',
      'flink/state-backend spec.flinkConfiguration[state.backend]',
    ]);
  });
});

describe('versions and images', () => {
  it.each([
    ['v1_14', 'flink/version'],
    ['v9_0', 'flink/version'],
    ['1.20', 'flink/version'],
    ['v1_18', 'flink/deprecated-version'],
  ])('%s is found', (version, rule) => {
    expect(rulesOf(application({ version }))).toEqual([rule]);
  });

  it.each(['flink:1.20', 'docker.io/library/flink:1.20.1-scala_2.12-java11', 'apache/flink@sha256:abc', 'registry.example.com:5000/flink:3.1', '${IMAGE}'])(
    '%s is no other Flink than 1.20, and is pinned',
    (image) => {
      expect(found(application({ version: 'v1_20', image }))).toEqual([]);
    },
  );

  it.each([
    ['flink:1.19.2', 'flink/image-version'],
    ['docker.io/flink:2.0', 'flink/image-version'],
    ['registry.example.com:5000/orders/processor', 'flink/image-tag'],
  ])('%s is found on 1.20', (image, rule) => {
    expect(rulesOf(application({ version: 'v1_20', image }))).toEqual([rule]);
  });
});

describe('memory', () => {
  const without = (configuration: string): string => application({ configuration }).replaceAll(/resource: \{memory: 2048m, cpu: 1\}/g, 'resource: {cpu: 1}');

  it('may be configured instead, in each way that Flink sizes a process', () => {
    expect(found(without('jobmanager.memory.process.size: 2g\ntaskmanager.memory.flink.size: 2g'))).toEqual([]);
    expect(found(without('jobmanager.memory: {heap.size: 1g}\ntaskmanager.memory: {task.heap.size: 1g, managed.size: 512m}'))).toEqual([]);
  });

  it('is missing where the configuration has only a part', () => {
    expect(found(without('jobmanager.memory.off-heap.size: 1g\ntaskmanager.memory.task.heap.size: 1g'))).toEqual([
      'flink/memory spec.jobManager.resource.memory',
      'flink/memory spec.taskManager.resource.memory',
    ]);
  });

  it('is read as the operator reads it', () => {
    expect(['2048m', '2Gi', '2 Gi', '1G', '4096', '1.5Gi', '2 gb', '1024mb'].filter((text) => !isResourceMemory(text))).toEqual([]);
    expect(['two', '-1g', '4 gigabytes', '1x', ''].filter((text) => isResourceMemory(text))).toEqual([]);
  });
});

describe('values', () => {
  it('of durations are those of TimeUtils', () => {
    expect(['60 seconds', '1M', '10', '10 min', '5 MINUTE', '1 d', 'PT10M', 'pt1h', '100 milli', '0m', '1µs'].filter((text) => !isDuration(text))).toEqual([]);
    expect(['1h30m', '1.5h', '-1 min', 'PT-5M', '3 weeks', '1us', '1mins', '', 'P', 'PT'].filter((text) => isDuration(text))).toEqual([]);
  });

  it('of sizes are those of MemorySize', () => {
    expect(['1g', '1 gb', '2048m', '100', '1 kibibytes'].filter((text) => !isMemorySize(text))).toEqual([]);
    expect(['1Gi', '1gib', '1.5g', '-1m', '1p', ''].filter((text) => isMemorySize(text))).toEqual([]);
  });

  it('of schedules have seconds', () => {
    expect(['0 0 3 * * ?', '0 0/30 8-18 ? * MON-FRI', '0 0 12 1 * ? 2027'].filter((text) => !isQuartzCron(text))).toEqual([]);
    expect(['0 3 * * *', '6h', '@daily'].filter((text) => isQuartzCron(text))).toEqual([]);
  });

  it.each([
    ['execution.checkpointing.interval: 1h30m', true],
    ['execution.checkpointing.interval: 60000', false],
    ['execution.checkpointing.interval: ${INTERVAL}', false],
    ['taskmanager.memory.managed.size: 1Gi', true],
    ['restart-strategy.fixed-delay.attempts: many', true],
    ['web.submit.enable: off', false],
    ['web.submit.enable: "off"', true],
    ['an.unknown.key: whatever', false],
  ])('%s', (configuration, isFound) => {
    expect(rulesOf(application({ configuration }))).toEqual(isFound ? ['flink/configuration-value'] : []);
  });

  it('are found where they are nested', () => {
    expect(found(application({ configuration: 'execution: {checkpointing: {interval: soon}}' }))).toEqual([
      'flink/configuration-value spec.flinkConfiguration.execution.checkpointing.interval',
    ]);
  });
});

describe('state', () => {
  it('has no directory to miss in a session cluster, and is stateless without a finding', () => {
    expect(found(application().replace(/^ {2}job:[^]*$/m, ''))).toEqual([]);
    expect(found(application({ configuration: 'execution.checkpointing.interval: 60s' }))).toEqual([]);
  });

  it('takes the directories under their former names', () => {
    const configuration = highlyAvailable
      .replace('execution.checkpointing.dir', 'state.checkpoints.dir')
      .replace('execution.checkpointing.savepoint-dir', 'state.savepoints.dir');
    expect(found(application({ version: 'v1_19', mode: 'savepoint', configuration }))).toEqual([]);
  });

  it('needs a savepoint directory for periodic savepoints too', () => {
    expect(rulesOf(application({ configuration: 'kubernetes.operator.periodic.savepoint.interval: 6h' }))).toEqual(['flink/state-directory']);
  });

  it('is kept by any mode of high availability', () => {
    const of = (type: string): readonly string[] =>
      rulesOf(application({ mode: 'last-state', configuration: highlyAvailable.replace('kubernetes', type) })).filter(
        (rule) => rule === 'flink/high-availability',
      );
    expect(of('zookeeper')).toEqual([]);
    expect(of('org.apache.flink.kubernetes.highavailability.KubernetesHaServicesFactory')).toEqual([]);
    expect(of('NONE')).toEqual(['flink/high-availability']);
  });

  it('may be absent from a batch job', () => {
    expect(rulesOf(application({ configuration: 'execution.runtime-mode: BATCH' }).replace(/^ {4}upgradeMode.*$/m, ''))).toEqual([]);
  });
});

describe('keys', () => {
  it('overlap from Flink 2.0 on only', () => {
    const configuration = 'state.backend: rocksdb\nstate.backend.rocksdb.localdir: /tmp/rocksdb';
    expect(rulesOf(application({ version: 'v1_19', configuration }))).toEqual([]);
    expect(rulesOf(application({ version: 'v2_0', configuration }))).toEqual(['flink/overlapping-keys']);
  });

  it('overlap with what the operator adds', () => {
    const configuration = highlyAvailable.replace('high-availability.type', 'high-availability');
    expect(rulesOf(application({ mode: 'savepoint', configuration }))).toEqual(['flink/overlapping-keys']);
    expect(found(application({ configuration: 'kubernetes.container.image: flink:2.2.1' }))).toEqual([
      'flink/overlapping-keys spec.flinkConfiguration[kubernetes.container.image]',
    ]);
  });

  it('do not overlap by a part of a word', () => {
    expect(found(application({ configuration: 'rest.port: 8081\nrest.port-range: 1' }))).toEqual([]);
  });

  it('are called by a former name from Flink 2 on: Flink 1 takes both', () => {
    const configuration = 'state.checkpoints.num-retained: 3';
    expect(found(application({ version: 'v1_19', configuration }))).toEqual([]);
    expect(found(application({ version: 'v1_20', configuration }))).toEqual([]);
    expect(rulesOf(application({ version: 'v2_0', configuration }))).toEqual(['flink/former-key']);
  });

  it('may be set twice to one value', () => {
    expect(found(application({ version: 'v1_20', configuration: 'rest.port: 8081\nrest: {port: "8081"}' }))).toEqual([]);
    expect(found(application({ version: 'v1_20', configuration: 'state.checkpoints.num-retained: 3\nexecution.checkpointing.num-retained: 3' }))).toEqual([]);
    expect(found(application({ version: 'v1_19', configuration: 'state.checkpoints.num-retained: 3\nexecution.checkpointing.num-retained: 5' }))).toEqual([]);
    expect(found(application({ configuration: 'rest.port: 8081\nrest: {port: 8082}' }))).toEqual(['flink/duplicate-setting spec.flinkConfiguration.rest.port']);
  });

  it('that are gone are known to older versions', () => {
    const configuration = 'security.ssl: {enabled: true}';
    expect(found(application({ version: 'v1_20', configuration }))).toEqual([]);
    expect(found(application({ configuration }))).toEqual(['flink/removed-key spec.flinkConfiguration[security.ssl].enabled']);
  });

  it('for the savepoint to start from are told once', () => {
    expect(rulesOf(application({ configuration: 'execution.savepoint.path: s3://orders/savepoints/1' }))).toEqual(['flink/savepoint-path-key']);
  });
});

describe('jars and plugins', () => {
  const from = (uri: string, more: Parameters<typeof application>[0] = {}): readonly string[] =>
    rulesOf(application({ image: 'flink:2.2.1', ...more }).replace('local:///opt/flink/usrlib/order-processor.jar', uri));

  it.each(['https://repo.example.com/a.jar', 'file:///opt/flink/usrlib/a.jar', '/opt/flink/usrlib/a.jar', 'STREAMING_EXAMPLES_JAR_URL', '${JAR}'])(
    '%s is taken',
    (uri) => {
      expect(from(uri)).toEqual([]);
    },
  );

  it('a jar on s3 is taken with a plugin, from wherever it may come', () => {
    expect(from('s3://orders/a.jar')).toEqual(['flink/jar-uri']);
    expect(from('s3://orders/a.jar', { image: 'registry.example.com/flink-with-s3:2.2.1' })).toEqual(['flink/jar-outside-image']);
    for (const container of [
      'env: [{name: ENABLE_BUILT_IN_PLUGINS, value: flink-s3-fs-hadoop-2.2.1.jar}]',
      'volumeMounts: [{name: p, mountPath: /opt/flink/plugins/s3}]',
    ]) {
      expect(from('s3://orders/a.jar', { spec: `podTemplate: {spec: {containers: [{name: flink-main-container, ${container}}]}}` })).toEqual([]);
    }
    expect(
      from('s3://orders/a.jar', { spec: 'podTemplate: {spec: {containers: [{name: flink-main-container, volumeMounts: [{name: d, mountPath: /data}]}]}}' }),
    ).toEqual(['flink/jar-uri']);
    expect(from('s3://orders/a.jar', { configuration: 'containerized.master.env.ENABLE_BUILT_IN_PLUGINS: flink-s3-fs-hadoop-2.2.1.jar' })).toEqual([]);
  });

  it('a remote jar is not taken before 1.19, nor over plain HTTP', () => {
    expect(from('https://repo.example.com/a.jar', { version: 'v1_18', image: 'flink:1.18.1' })).toEqual(['flink/deprecated-version', 'flink/jar-uri']);
    expect(from('http://repo.example.com/a.jar')).toEqual(['flink/jar-uri']);
    expect(from('http://repo.example.com/a.jar', { configuration: 'user.artifacts.raw-http-enabled: true' })).toEqual([]);
  });

  it('a missing plugin is told once', () => {
    const configuration = 'execution.checkpointing.dir: s3://orders/checkpoints\nexecution.checkpointing.savepoint-dir: s3://orders/savepoints';
    expect(rulesOf(application({ image: 'flink:2.2.1', configuration }))).toEqual(['flink/filesystem-plugin']);
    expect(from('s3://orders/a.jar', { configuration })).toEqual(['flink/jar-uri']);
  });

  it.each([
    ['flink:2.2', 'flink-s3-fs-presto-2.2.1.jar', false],
    ['flink:2.2.1', 'flink-s3-fs-presto-2.2.1.jar;flink-s3-fs-hadoop-2.2.1.jar', false],
    ['flink:2.2.1', 'flink-s3-fs-presto-2.1.0.jar', true],
    ['flink:2.2.1', 'flink-s3-fs-presto', true],
    ['registry.example.com/orders:7', 'flink-s3-fs-presto-2.2.0.jar', false],
    ['registry.example.com/orders:7', 'flink-s3-fs-presto-1.20.0.jar', true],
    ['flink:2.2.1', '${PLUGINS}', false],
  ])('%s with %s', (image, value, isFound) => {
    const spec = `podTemplate: {spec: {containers: [{name: flink-main-container, env: [{name: ENABLE_BUILT_IN_PLUGINS, value: "${value}"}]}]}}`;
    expect(rulesOf(application({ image, spec }))).toEqual(isFound ? ['flink/plugin-version'] : []);
  });

  it('a pod template may have sidecars only', () => {
    expect(found(application({ spec: 'podTemplate: {spec: {containers: [{name: log-shipper, image: "fluent-bit:4"}]}}' }))).toEqual([]);
    expect(found(application({ spec: 'podTemplate: {spec: {containers: [{name: taskmanager, image: "busybox:1"}]}}' }))).toEqual([]);
    expect(found(application({ spec: 'podTemplate: {spec: {containers: [{name: taskmanager, env: []}]}}' }))).toEqual([
      'flink/main-container spec.podTemplate.spec.containers[0].name',
    ]);
  });
});

describe('other kinds', () => {
  it('a blue-green deployment is read where its spec stands', () => {
    const text = `
apiVersion: flink.apache.org/v1beta1
kind: FlinkBlueGreenDeployment
metadata: {name: order-processor-with-a-name-of-forty-chars-x}
spec: {template: {spec: {flinkVersion: v2_2, mode: session}}}
`;
    expect(found(text)).toEqual([
      'flink/deployment-mode spec.template.spec.mode',
      'flink/service-account spec.template.spec.serviceAccount',
      'flink/name metadata.name',
      'flink/memory spec.template.spec.jobManager.resource.memory',
      'flink/memory spec.template.spec.taskManager.resource.memory',
    ]);
  });

  it('a session job is not asked for what its cluster has', () => {
    const job = (uri: string): string =>
      `{apiVersion: flink.apache.org/v1beta1, kind: FlinkSessionJob, metadata: {name: Any_Name}, spec: {deploymentName: session, job: {jarURI: "${uri}", parallelism: 1, upgradeMode: savepoint}}}`;
    expect(found(job('https://repo.example.com/a.jar'))).toEqual([]);
    expect(rulesOf(job('local:///opt/flink/a.jar'))).toEqual(['flink/session-jar-location']);
    expect(found(job('STREAMING_EXAMPLES_JAR_URL'))).toEqual([]);
  });

  it('a savepoint that exists needs no job', () => {
    const snapshot = (savepoint: string): string =>
      `{apiVersion: flink.apache.org/v1beta1, kind: FlinkStateSnapshot, metadata: {name: a}, spec: {savepoint: ${savepoint}}}`;
    expect(found(snapshot('{alreadyExists: true, path: "s3://orders/savepoints/1", disposeOnDelete: false}'))).toEqual([]);
    expect(rulesOf(snapshot('{alreadyExists: true, disposeOnDelete: false}'))).toEqual(['flink/snapshot-job']);
    expect(rulesOf(snapshot('{disposeOnDelete: true}'))).toEqual(['flink/snapshot-job']);
  });
});

describe('the rest', () => {
  it.each([
    ['replicas of TaskManagers give a parallelism', application().replace('parallelism: 2', '').replace('taskManager: {', 'taskManager: {replicas: 3, '), []],
    ['parallelism of zero', application().replace('parallelism: 2', 'parallelism: 0'), ['flink/parallelism']],
    [
      'the maximum parallelism counts TaskManagers times slots',
      application({ configuration: 'pipeline.max-parallelism: 5' }).replace('taskManager: {', 'taskManager: {replicas: 3, '),
      ['flink/max-parallelism'],
    ],
    ['a maximum that Flink chooses', application({ configuration: 'pipeline.max-parallelism: -1' }), []],
    ['an autoscaler that is off', application({ configuration: 'job.autoscaler.utilization.target: 60' }), []],
    [
      'an autoscaler whose maximum is below its target',
      application({ configuration: 'pipeline.max-parallelism: 720\njob.autoscaler: {enabled: true, utilization.max: 0.5}' }),
      ['flink/autoscaler-options'],
    ],
    [
      'a REST endpoint with mutual TLS',
      application({ configuration: 'kubernetes.rest-service.exposed.type: LoadBalancer\nsecurity.ssl.rest.authentication-enabled: true' }),
      [],
    ],
    [
      'an ingress to a UI that changes nothing',
      application({ configuration: 'web.submit.enable: "false"', spec: 'ingress: {template: "{{name}}.example.com"}' }),
      [],
    ],
    ['non-restored state of a stateless job', application({ job: 'allowNonRestoredState: true' }), []],
  ])('%s', (_name, text, rules) => {
    expect(rulesOf(text)).toEqual(rules);
  });
});
