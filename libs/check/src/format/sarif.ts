import type { Finding } from '../finding.js';
import type { CheckReport } from '../report.js';
import type { Rule } from '../rule.js';
import { ruleById } from '../rules/by-id.js';

/**
 * A report as SARIF 2.1.0 (OASIS), which code scanning services take.
 * @param version of Millrace
 */
export function formatSarif(report: CheckReport, version: string): string {
  const all = [...report.findings, ...report.excepted.map(({ finding }) => finding)];
  const ids = [...new Set(all.map(({ rule }) => rule))].sort();
  const results = [
    ...report.findings.map((finding) => resultOf(finding, ids)),
    ...report.excepted.map(({ finding, reason }) => ({ ...resultOf(finding, ids), suppressions: [{ kind: 'external', justification: reason }] })),
  ];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'millrace', semanticVersion: version, rules: ids.map((id) => describe(ruleById(id))) } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describe({ id, title, consequence, fix, source, severity }: Rule): unknown {
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: consequence },
    help: { text: `${fix}\n\nSource: ${source}` },
    defaultConfiguration: { level: severity },
  };
}

function resultOf({ rule, severity, message, fix, file, line, column, resource, path }: Finding, ids: readonly string[]): object {
  const name = resource && [resource.kind, [resource.namespace, resource.name].filter((part) => part !== undefined).join('/'), path].filter(Boolean).join(' ');
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: severity,
    message: { text: `${message}. ${fix}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line, startColumn: column } },
        ...(name === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }] }),
      },
    ],
  };
}
