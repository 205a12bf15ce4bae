/** An alert: when it fires, and what its reader has to know. `{{ $labels.x }}` and `{{ $value }}` are filled in by Prometheus. */
export interface Alert {
  /** Also the last part of its runbook's address. */
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold before anybody is told. */
  readonly for: string;
  /** critical: data or service is being lost now. warning: it will be, unless somebody looks in working hours. */
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  /** What it means, in a sentence or two. */
  readonly meaning: string;
  /** What to do first. */
  readonly first: string;
}

/** Namespaces as a PromQL matcher of the label `label`. */
export function inNamespaces(label: string, namespaces: readonly string[]): string {
  return `${label}=~'${namespaces.join('|')}'`;
}

/** That an operator does not run: no pod in its namespace answers. */
export function operatorDown(
  namespace: string,
  { alert, operator, meaning }: { readonly alert: string; readonly operator: string; readonly meaning: string },
): Alert {
  return {
    alert,
    expr: `absent(up{namespace='${namespace}'} == 1)`,
    for: '15m',
    severity: 'warning',
    summary: `${operator} does not run`,
    meaning,
    first: `Look at its pod: kubectl -n ${namespace} get pods, then its log and events.`,
  };
}
