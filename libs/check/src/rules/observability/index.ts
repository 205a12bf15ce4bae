import type { Rule } from '../../rule.js';
import { expression } from './expression.js';
import { kafkaMetrics } from './kafka-metrics.js';
import { operatorPort } from './operator-port.js';

/** What Prometheus would leave out, or find nobody for. */
export const observabilityRules: readonly Rule[] = [expression, kafkaMetrics, operatorPort];
