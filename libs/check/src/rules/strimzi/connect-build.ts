import { hasField, listAt, textAt } from '../../field.js';
import { CONNECT } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const connectBuild: ResourceRule = {
  id: 'strimzi/connect-build',
  severity: 'error',
  title: 'A build of Kafka Connect pushes to an image of its own, with each plugin once',
  source: 'R14; strimzi-kafka-operator, KafkaConnectBuild.java (fromCrd, validateBuildConfiguration)',
  consequence: 'The operator refuses the KafkaConnect, and builds nothing.',
  fix: 'Name each plugin once, and push to an image other than spec.image.',
  reach: 'resource',
  on: [CONNECT],
  *check({ resource: { body } }) {
    const image = ['spec', 'build', 'output', 'image'];
    if (hasField(body, ...image) && textAt(body, ...image) === textAt(body, 'spec', 'image')) {
      yield {
        path: image,
        message: `the build would overwrite ${textAt(body, ...image) ?? ''}, the image that it starts from`,
        fix: 'Push to another image, or delete spec.image.',
      };
    }
    const names = new Set<string>();
    for (const index of listAt(body, 'spec', 'build', 'plugins').keys()) {
      const path = ['spec', 'build', 'plugins', index, 'name'];
      const name = textAt(body, ...path);
      if (name === undefined) continue;
      if (names.has(name)) yield { path, message: `there are two plugins "${name}"`, fix: 'Put the artifacts of both into one plugin, or rename one.' };
      names.add(name);
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaConnect
metadata: {name: connect, namespace: kafka}
spec:
  build:
    output: {type: docker, image: 'registry.example.com/connect:1'}
    plugins: [{name: debezium, artifacts: [{type: jar, url: 'https://example.com/debezium.jar'}]}]
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaConnect
metadata: {name: connect, namespace: kafka}
spec:
  image: registry.example.com/connect:1
  build:
    output: {type: docker, image: 'registry.example.com/connect:1'}
    plugins: [{name: debezium, artifacts: [{type: jar, url: 'https://example.com/debezium.jar'}]}]
`,
};
