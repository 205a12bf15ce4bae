import {
  applicationName,
  argocdPlatformFolder,
  environmentFile,
  platform,
  type ChartPin,
  type Environment,
  type OperatorName,
  type Workspace,
} from '@millrace/model';

import { FILE_REMEDY, manifestsIn, type Manifest } from '../../file.js';
import { pathInGit } from '../argocd/application.js';
import type { KeptOperator } from './operators.js';
import { operatorFolder } from './operator.js';

/** Before every operator: an operator that starts without its definitions gives up (R52). */
const DEFINITIONS_WAVE = -30;

/** The two Applications of an operator: its definitions, and the chart with what it does not bring. */
export function operatorApplications(workspace: Workspace, environment: Environment, { name, namespace, plan }: KeptOperator): readonly Manifest[] {
  const { repository, argocd } = workspace.millrace.value;
  const pin = platform(environment.platform).operators[name];
  const folder = operatorFolder(environment.environment, name);
  const manifest = manifestsIn(argocdPlatformFolder(environment.environment), environmentFile(environment.environment), environment.layout, FILE_REMEDY);
  const common = {
    argocdNamespace: argocd.namespace,
    server: environment.cluster.server,
    namespace,
    automated: environment.argocd.automated,
  };
  const chart = chartSource(environment, name);
  return [
    manifest(`definitions-${name}.yaml`, 'operators/definitions', {
      ...common,
      application: applicationName(environment.environment, name, 'crds'),
      project: applicationName(environment.environment, 'crds'),
      wave: DEFINITIONS_WAVE,
      repository: definitionsRepository(environment, name),
      revision: pin.crds.revision,
      path: pin.crds.path,
      emptyProperties: emptyProperties(name, pin.version),
    }),
    manifest(`operator-${name}.yaml`, 'operators/application', {
      ...common,
      application: applicationName(environment.environment, name, 'operator'),
      project: applicationName(environment.environment, name, 'operator'),
      wave: plan.wave,
      generatePaths: `/${pathInGit(workspace, folder)}`,
      chartRepository: chart.repoURL,
      chart: chart.chart,
      chartVersion: pin.chart.version,
      release: plan.release,
      values: `$values/${pathInGit(workspace, folder)}/values.yaml`,
      ownValues: `$values/${pathInGit(workspace, folder)}/own-values.yaml`,
      repository: repository.url,
      branch: repository.branch,
      path: pathInGit(workspace, folder),
    }),
  ];
}

/**
 * Where Argo CD finds a chart. `oci://` and the chart's name are one address, with the path `.`; without a scheme it is Helm's
 * own way to a registry, and `https://` a chart repository: both take the name apart (Argo CD docs/user-guide/oci.md, helm.md).
 */
export function chartSource(environment: Environment, name: OperatorName): { readonly repoURL: string; readonly chart?: string } {
  const { repository, name: chart }: ChartPin = platform(environment.platform).operators[name].chart;
  const place = environment.operators[name].chart ?? repository;
  return place.startsWith('oci://') ? { repoURL: `${place.replace(/\/$/, '')}/${chart}` } : { repoURL: place, chart };
}

/** The git repository that an operator's definitions come from. */
export function definitionsRepository(environment: Environment, name: OperatorName): string {
  return environment.operators[name].crds ?? platform(environment.platform).operators[name].crds.repository;
}

/** Strimzi 1.2.0's Kafka has an empty mapping in its status that the API server drops (strimzi#13074; R21). */
function emptyProperties(name: OperatorName, version: string): { readonly definition: string; readonly pointer: string } | undefined {
  if (name !== 'strimzi' || version !== '1.2.0') return undefined;
  return {
    definition: 'kafkas.kafka.strimzi.io',
    pointer: '/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/clusterSecurity/properties',
  };
}
