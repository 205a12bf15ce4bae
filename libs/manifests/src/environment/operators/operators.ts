import { environmentFile, keptOperator, operatorNames, platform, type Environment, type OperatorName, type Workspace } from '@millrace/model';

import { manifestsIn, type Manifest } from '../../file.js';
import { overlay, type PatchesOf } from '../../kustomization.js';
import { operatorApplications } from './applications.js';
import { certManager } from './cert-manager.js';
import { externalSecrets } from './external-secrets.js';
import { flink } from './flink.js';
import { operatorFolder, type OperatorPlan } from './operator.js';
import { operatorProjects } from './projects.js';
import { strimzi } from './strimzi.js';

/** An operator that an environment keeps. */
export interface KeptOperator {
  readonly name: OperatorName;
  readonly namespace: string;
  readonly plan: OperatorPlan;
}

/**
 * The operators of an environment that manages its cluster's: of each its overlay, the values of its chart, its two
 * Applications and the project of the chart; and the project of all definitions. Nothing of those that the cluster has already (`managed: false`).
 */
export function* operators(workspace: Workspace, environment: Environment, patchesOf: PatchesOf): Generator<Manifest> {
  const kept = keptOperators(workspace, environment);
  if (kept.length === 0) return;
  for (const operator of kept) {
    yield* operatorOverlay(environment, operator, patchesOf);
    yield* operatorApplications(workspace, environment, operator);
  }
  yield* operatorProjects(workspace, environment, kept);
}

/** The operators that an environment keeps, in the order in which they are documented. */
function keptOperators(workspace: Workspace, environment: Environment): readonly KeptOperator[] {
  const pins = platform(environment.platform).operators;
  const here = { workspace, environment };
  const plans: Readonly<Record<OperatorName, () => OperatorPlan>> = {
    'cert-manager': () => certManager({ ...here, settings: environment.operators['cert-manager'], pin: pins['cert-manager'] }),
    'external-secrets': () => externalSecrets({ ...here, settings: environment.operators['external-secrets'], pin: pins['external-secrets'] }),
    strimzi: () => strimzi({ ...here, settings: environment.operators.strimzi, pin: pins.strimzi }),
    flink: () => flink({ ...here, settings: environment.operators.flink, pin: pins.flink }),
  };
  return operatorNames.flatMap((name) => {
    const settings = keptOperator(environment, name);
    return settings === undefined ? [] : [{ name, namespace: settings.namespace, plan: plans[name]() }];
  });
}

function operatorOverlay(environment: Environment, { name, namespace, plan }: KeptOperator, patchesOf: PatchesOf): readonly Manifest[] {
  const folder = operatorFolder(environment.environment, name);
  const manifest = manifestsIn(folder, environmentFile(environment.environment), environment.layout);
  const resources = [
    manifest('namespace.yaml', 'namespace', { namespace, enforce: 'restricted' }),
    manifest('network-policies.yaml', 'operators/network-policies', {
      namespace,
      webhookPort: plan.webhook?.port,
      webhookLabels: plan.webhook?.labels,
      metricsNamespace: environment.observability?.namespace,
      metricsPort: plan.metricsPort,
    }),
    ...plan.files.map(({ path, template, context }) => manifest(path, template, context)),
  ];
  // Beside the overlay and not in it: the chart's values are nothing that Kustomize reads.
  const values = manifestsIn(
    folder,
    environmentFile(environment.environment),
    environment.layout,
    'change that file, or write your own values into own-values.yaml beside this one.',
  );
  return [...overlay(manifest, { folder, namespace, resources }, patchesOf), values('values.yaml', `operators/${name}`, plan.values)];
}
