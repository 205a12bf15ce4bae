import {
  environmentFile,
  firstEnvironment,
  kafkaNamed,
  kafkasOfPipeline,
  MAIN_KAFKA,
  pinnedDeclaration,
  releaseFolder,
  teamNamespace,
  type Declared,
  type Placement,
  type Problem,
  type Workspace,
} from '@millrace/model';

import { bringBack } from '../git/bring-back.js';
import { problemAt } from './rule.js';

/** What a placement refers to exists: its pipeline, its release, and in the environment the Kafka and the team of that. */
export function* placementReferences(workspace: Workspace): Generator<Problem> {
  const first = firstEnvironment(workspace);
  for (const [environmentName, placements] of workspace.placements) {
    const environment = workspace.environments.get(environmentName)?.value;
    for (const [pipeline, declared] of placements) {
      const { release } = declared.value;
      const sources = workspace.pipelines.get(pipeline);
      if (sources === undefined) {
        yield problemAt(declared, ['release'], `there is no pipeline ${pipeline}`, `Make it (millrace pipeline ${pipeline}), or remove this folder.`);
        continue;
      }
      if (release === 'next' && environmentName !== first) {
        yield problemAt(
          declared,
          ['release'],
          `only the first environment (${first ?? 'none'}) follows next`,
          `Pin a release: millrace promote ${pipeline} --to ${environmentName}`,
        );
        continue;
      }
      if (release !== 'next' && !sources.releases.has(release)) {
        const others = sources.versions.length === 0 ? '' : `; or decide that ${environmentName} runs another: ${sources.versions.join(', ')}`;
        yield problemAt(
          declared,
          ['release'],
          `there is no release ${release} of ${pipeline}`,
          `If git had it, bring it back: ${bringBack(releaseFolder(pipeline, release))}${others}`,
        );
        continue;
      }
      const pinned = pinnedDeclaration(workspace, pipeline, release)?.value;
      const lacking =
        environment === undefined || pinned === undefined ? [] : kafkasOfPipeline(pinned).filter((name) => kafkaNamed(environment, name) === undefined);
      for (const name of lacking) yield lackingKafka(declared, environmentName, pipeline, name);
      if (lacking.length > 0) continue;
      if (environment !== undefined && pinned !== undefined && teamNamespace(workspace, environment, pinned.team) === undefined) {
        yield problemAt(
          declared,
          ['release'],
          `${pipeline} ${release} belongs to the team ${pinned.team}, which is not in millrace.yaml`,
          `Add it again: millrace team ${pinned.team} --namespace <namespace>. A team is renamed by a release of the new name, promoted everywhere, then removed.`,
        );
      }
    }
  }
}

function lackingKafka(declared: Declared<Placement>, environment: string, pipeline: string, name: string): Problem {
  const file = environmentFile(environment);
  return name === MAIN_KAFKA
    ? problemAt(
        declared,
        ['release'],
        `${environment} has no Kafka cluster`,
        `Declare it in ${file}: millrace kafka-cluster <name> --environment ${environment}. One that others run stands under externalKafka.main.`,
      )
    : problemAt(
        declared,
        ['release'],
        `${pipeline} names the Kafka cluster ${name}, which ${environment} does not have`,
        `Add it to ${file}: under kafkaClusters, or under externalKafka where others run it.`,
      );
}
