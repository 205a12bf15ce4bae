import { environmentSchema, generatedJson, generatedYaml, millraceSchema, pipelineSchema, placementSchema, releaseSchema } from '@millrace/model';
import * as z from 'zod';

const SCHEMAS = {
  millrace: millraceSchema,
  environment: environmentSchema,
  pipeline: pipelineSchema,
  placement: placementSchema,
  release: releaseSchema,
};

let files: ReadonlyMap<string, string> | undefined;

/** What every repository has, whatever is declared in it: schemas for editors, attributes that keep tools off generated files. */
export function repositoryFiles(): ReadonlyMap<string, string> {
  files ??= new Map([
    ...Object.entries(SCHEMAS).map(([name, schema]): [string, string] => [
      `tools/schemas/${name}.schema.json`,
      generatedJson('Millrace itself', 'each version brings its own.', z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
    ]),
    ['apps/.gitattributes', attributes(['*/next/**', '*/releases/**'])],
    [
      'environments/.gitattributes',
      attributes([
        ...[
          'argocd',
          'namespaces',
          'operators',
          'kafka',
          'kafka-*',
          'credentials',
          'flink',
          'observability',
          'pipelines/*/kafka',
          'pipelines/*/kafka-*',
          'pipelines/*/flink',
        ].map((part) => `*/${part}/**`),
      ]),
    ],
  ]);
  return files;
}

function attributes(patterns: readonly string[]): string {
  const lines = patterns.map((pattern) => `${pattern} text eol=lf linguist-generated\n`);
  // What people write beside them is theirs: it counts in statistics and shows in reviews.
  return generatedYaml(
    'Millrace itself',
    'put your own into the root .gitattributes.',
    [...lines, '**/patches/** -linguist-generated\n', '**/own-values.yaml -linguist-generated\n'].join(''),
  );
}
