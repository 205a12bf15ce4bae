import { parser } from '@prometheus-io/lezer-promql';

/** What is wrong with a PromQL expression: how far in, and the text that stands there. */
export interface PromqlError {
  readonly position: number;
  readonly text: string;
}

/** The first thing in an expression that is not PromQL by the grammar of Prometheus' own editor; undefined where all of it is. */
export function promqlError(expression: string): PromqlError | undefined {
  let position: number | undefined;
  parser.parse(expression).iterate({
    enter: ({ type, from }) => {
      if (type.isError) position ??= from;
    },
  });
  return position === undefined ? undefined : { position, text: expression.slice(position) };
}

/**
 * Whether what is wrong may be right elsewhere: rules of Loki and VictoriaMetrics come in the same kind. LogQL has filters (`|=`),
 * MetricsQL has words of its own, and a function that the grammar does not know is one of theirs, or of a newer Prometheus.
 */
export function isOfAnotherLanguage(expression: string, { text }: PromqlError): boolean {
  const outside = expression.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '');
  return text.startsWith('(') || outside.includes('|') || /\b(?:with|default|if|ifnot|keep_metric_names|limit)\b/i.test(outside);
}
