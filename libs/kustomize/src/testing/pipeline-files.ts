/** A pipeline as a base and an overlay of it: a topic, a Flink job, its ConfigMap. */
export const pipelineFiles: Readonly<Record<string, string>> = {
  'bases/orders/kustomization.yaml': `resources: [topic.yaml, flink.yaml]
configMapGenerator:
- name: orders-sql
  files: [job.sql]
`,
  'bases/orders/job.sql': 'insert into out\nselect * from orders;\n',
  'bases/orders/topic.yaml': `# The topic that the shop writes.
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: orders
  labels: {strimzi.io/cluster: main}
spec:
  partitions: 12 # as many as consumers
  replicas: 3
  config:
    retention.ms: "604800000"
    max.message.bytes: 9223372036854775807
`,
  'bases/orders/flink.yaml': `apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: orders}
spec:
  image: example/orders:1
  flinkVersion: v1_20
  flinkConfiguration:
    taskmanager.numberOfTaskSlots: "2"
  podTemplate:
    spec:
      containers:
      - name: flink-main-container
        env:
        - {name: REGION, value: eu}
  job: {jarURI: local:///opt/orders.jar, parallelism: 2, upgradeMode: savepoint}
`,
  'environments/prod/orders/kustomization.yaml': `namespace: shop
resources: [../../../bases/orders]
labels:
- pairs: {env: prod}
patches:
- path: patches/flink.yaml
`,
  'environments/prod/orders/patches/flink.yaml': `apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: orders}
spec:
  job: {parallelism: 12}
  flinkConfiguration: {state.backend.type: rocksdb}
`,
};

/** The overlay in `pipelineFiles`. */
export const pipelineOverlay = 'environments/prod/orders';
