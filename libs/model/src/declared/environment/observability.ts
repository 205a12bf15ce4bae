import * as z from 'zod';

import { labelKey, labelValue, namespaceName } from '../../names.js';
import { webUrl } from '../scalars.js';

/** What Prometheus is told about an environment; needs the Prometheus operator in the cluster (R19, R82). */
export const observabilitySchema = z.strictObject({
  podMonitors: z.boolean().default(true).meta({ description: 'PodMonitors for Kafka, the operators and the jobs' }),
  rules: z.boolean().default(true).meta({ description: 'PrometheusRules, each alert with what to do about it' }),
  labels: z
    .record(labelKey, labelValue)
    .default({})
    .meta({ description: 'On each of them: what the Prometheus of the cluster selects by', examples: [{ release: 'kube-prometheus-stack' }] }),
  namespace: namespaceName.default('monitoring').meta({ description: 'Where Prometheus runs: its pods may reach the metrics ports' }),
  runbooks: webUrl.optional().meta({ description: 'Where runbooks are: <runbooks>/<alert> becomes runbook_url' }),
});

export type Observability = z.output<typeof observabilitySchema>;
