import { flinkVersions, properFlinkKey, type Declared, type Environment, type Problem, type Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

/** Labels that Flink itself gives its pods: one of ours would be replaced in silence (Flink, KubernetesUtils.java). */
const FLINKS_LABELS = ['app', 'component', 'type'];

/** What an environment says of Flink must fit its teams and the versions that run in it. */
export function* flinkSettings(workspace: Workspace): Generator<Problem> {
  for (const declared of workspace.environments.values()) {
    yield* identities(workspace, declared);
    yield* settingNames(declared);
  }
}

function* identities(workspace: Workspace, declared: Declared<Environment>): Generator<Problem> {
  const { teams } = workspace.millrace.value;
  const { storage, flinkConfiguration } = declared.value.flink;
  const ownProvider = Object.keys(flinkConfiguration).some((key) => key.startsWith('fs.azure.account.oauth.provider.type'));
  for (const [team, { serviceAccountAnnotations, podLabels }] of Object.entries(declared.value.flink.identities)) {
    const at = ['flink', 'identities', team];
    if (/^(?:abfs|wasb)s?:/.test(storage) && !ownProvider) {
      yield problemAt(
        declared,
        at,
        `Flink cannot show Azure a workload identity: its plugin has Hadoop 3.3.4, and that came with 3.4.1 (HADOOP-18610)`,
        'Remove it, and give the jobs AZURE_STORAGE_KEY from a Secret (secrets in placement.yaml) with org.apache.flink.fs.azurefs.EnvironmentVariableKeyProvider; or bring an image with a newer plugin, and name its fs.azure.account.oauth.provider.type in flink.flinkConfiguration.',
      );
    }
    if (!(team in teams)) yield problemAt(declared, at, `there is no team ${team}`, `Add it: millrace team ${team} --namespace <namespace>`);
    for (const key of Object.keys(serviceAccountAnnotations)) {
      if (!key.startsWith('argocd.argoproj.io/')) continue;
      yield problemAt(
        declared,
        [...at, 'serviceAccountAnnotations', key],
        `${key} says something to Argo CD, not to a cloud`,
        'Remove it: Millrace writes what Argo CD is told.',
      );
    }
    for (const key of Object.keys(podLabels)) {
      if (!FLINKS_LABELS.includes(key)) continue;
      yield problemAt(declared, [...at, 'podLabels', key], `Flink sets the label ${key} of its pods itself`, 'Remove it, or choose another label.');
    }
  }
}

/** Of two names of one setting Flink takes one in silence, or the operator refuses both (R29, R30). */
function* settingNames(declared: Declared<Environment>): Generator<Problem> {
  const { flinkConfiguration, sessions } = declared.value.flink;
  const newest = flinkVersions[flinkVersions.length - 1] ?? 'v2_2';
  for (const key of Object.keys(flinkConfiguration)) {
    const proper = properFlinkKey(newest, key);
    if (proper === undefined) continue;
    yield problemAt(
      declared,
      ['flink', 'flinkConfiguration', key],
      `${key} is called ${proper} today`,
      `Write ${proper}: jobs of an older Flink get the name that it knows.`,
    );
  }
  for (const [session, { flinkVersion, flinkConfiguration: own }] of Object.entries(sessions)) {
    for (const key of Object.keys(own)) {
      const proper = properFlinkKey(flinkVersion, key);
      if (proper === undefined) continue;
      yield problemAt(
        declared,
        ['flink', 'sessions', session, 'flinkConfiguration', key],
        `Flink ${flinkVersion} calls ${key} ${proper}; the two names side by side are refused or silently mixed`,
        `Write ${proper}.`,
      );
    }
  }
}
