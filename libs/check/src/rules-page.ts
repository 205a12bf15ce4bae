import type { Example, Rule } from './rule.js';
import { rules } from './rules/index.js';

const AREAS: Readonly<Record<string, string>> = {
  schema: 'What the API server says',
  strimzi: 'Kafka, run by Strimzi',
  flink: 'Flink, run by its Kubernetes operator',
  references: 'References across resources',
  argocd: 'Argo CD',
  kustomize: 'Kustomize',
  security: 'Secrets and security',
  observability: 'What Prometheus is told',
  millrace: 'The files of a Millrace repository',
  yaml: 'YAML',
  settings: 'Settings of the check',
};

/** The page of all rules, as Markdown. */
export function rulesPage(): string {
  const areas = Object.entries(AREAS).map(([area, title]) => ({ title, of: rules.filter(({ id }) => id.startsWith(`${area}/`)) }));
  return [
    '<!-- Made by `npm run docs` from libs/check/src/rules. Do not edit. -->',
    '',
    '# The rules of `millrace check`',
    '',
    `${rules.length} rules. \`millrace check --explain RULE\` shows one of them in the terminal. How to weigh a rule otherwise, or to except a resource from it:`,
    'see [the check](check.md#severities-and-exceptions).',
    '',
    ...areas.flatMap(({ title, of }) => [`- [${title}](#${anchorOf(title)}): ${of.length}`]),
    '',
    ...areas.flatMap(({ title, of }) => [`## ${title}`, '', ...of.flatMap(section)]),
  ].join('\n');
}

/** One rule as text for a terminal. */
export function explain(rule: Rule): string {
  return [
    `${rule.id} (${rule.severity})`,
    '',
    `  ${rule.title}.`,
    '',
    `  If ignored:  ${rule.consequence}`,
    `  What to do:  ${rule.fix}`,
    `  Known from:  ${rule.source}`,
    ...exampleText('Passes', rule.passes),
    ...exampleText('Fails', rule.fails),
    '',
  ].join('\n');
}

function exampleText(title: string, example: Example): readonly string[] {
  return filesOf(example).flatMap(([file, text]) => [
    '',
    `  ${title}${file === '' ? '' : ` (${file})`}:`,
    '',
    ...text.split('\n').map((line) => (line === '' ? '' : `    ${line}`)),
  ]);
}

function section(rule: Rule): readonly string[] {
  return [
    `<a id="${rule.id.replace('/', '-')}"></a>`,
    '',
    `### ${rule.id}`,
    '',
    `**${rule.title}.** (${rule.severity})`,
    '',
    `If ignored: ${rule.consequence}`,
    '',
    `What to do: ${rule.fix}`,
    '',
    `Known from: ${rule.source}`,
    '',
    ...exampleMarkdown('Passes', rule.passes),
    ...exampleMarkdown('Fails', rule.fails),
  ];
}

function exampleMarkdown(title: string, example: Example): readonly string[] {
  return filesOf(example).flatMap(([file, text]) => [`${title}${file === '' ? '' : ` (\`${file}\`)`}:`, '', '```yaml', text, '```', '']);
}

/** The files of an example that have something to show: some rules are broken by what is not there. */
function filesOf(example: Example): readonly (readonly [file: string, text: string])[] {
  const files: readonly (readonly [string, string])[] = typeof example === 'string' ? [['', example]] : Object.entries(example);
  return files.map(([file, text]): readonly [string, string] => [file, text.trim()]);
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
