/** A schema in a definition, written as JSON has it. */
type Schema = Readonly<Record<string, unknown>>;

/** What a test wants of a definition beside the schema of its `spec`. */
export interface DefinitionOptions {
  readonly group?: string;
  readonly kind?: string;
  readonly scope?: 'Namespaced' | 'Cluster';
  /** Versions beside v1: name, and whether it is served and stored. v1 is stored unless one of these is. */
  readonly others?: readonly { readonly name: string; readonly served: boolean; readonly storage: boolean }[];
  readonly v1Served?: boolean;
  readonly subresources?: Schema;
}

/** A CustomResourceDefinition whose `spec` has these properties, as JSON. */
export function definition(spec: Schema, options: DefinitionOptions = {}): string {
  const { group = 'test.millrace.invalid', kind = 'Thing', scope = 'Namespaced', others = [], v1Served = true, subresources } = options;
  const plural = `${kind.toLowerCase()}s`;
  const schema = {
    openAPIV3Schema: {
      type: 'object',
      properties: { spec: { type: 'object', ...spec }, status: { type: 'object', properties: { ready: { type: 'boolean' } } } },
    },
  };
  const v1 = { name: 'v1', served: v1Served, storage: !others.some(({ storage }) => storage) };
  return JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
      versions: [v1, ...others].map((version) => ({ ...version, schema, ...(subresources === undefined ? {} : { subresources }) })),
    },
  });
}

/** A resource of the definition above, as JSON. */
export function thing(spec: unknown, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ apiVersion: 'test.millrace.invalid/v1', kind: 'Thing', metadata: { name: 'one' }, spec, ...more });
}
