import { pinnedDeclaration, placementFile, placementFolder } from '@millrace/model';

import { holding } from '../../consequences/topics/holding.js';
import { namedEnvironment } from '../named.js';
import { goneAlready, inTheWay, needed, type Removal } from './removal.js';

/** A pipeline stops running in one environment. Topics that Strimzi manages there would go with their data, so they are let go of first. */
export const removePlacement: Removal = (workspace, { name, data, ...options }) => {
  const environment = needed('placement', 'environment', options.environment);
  namedEnvironment(workspace, environment);
  const placement = workspace.placements.get(environment)?.get(name);
  if (placement === undefined) return goneAlready(`pipeline ${name} in ${environment}`);
  const pinned = pinnedDeclaration(workspace, name, placement.value.release)?.value;
  if (data !== 'delete') {
    const managed = Object.entries(pinned?.topics ?? {}).filter(([, topic]) => topic.managed);
    inTheWay(
      managed.map(([topic, declared]) => ({
        file: placement.file,
        message: `${environment} would delete the topic ${declared.topicName ?? topic} with its data, ${holding(declared)}`,
        remedy: `Let go of it first (millrace remove topic ${topic} --pipeline ${name}, then promote that here), or say --delete-data.`,
      })),
    );
  }
  const folder = placementFolder(environment, name);
  inTheWay(
    [...workspace.patches].flatMap(([overlay, patches]) =>
      overlay.startsWith(`${folder}/`)
        ? patches.map(({ file }) => ({ file, message: 'this patch would lose the object that it changes', remedy: 'Delete it first, or move it elsewhere.' }))
        : [],
    ),
  );
  const jobs = Object.keys(pinned?.jobs ?? {});
  return {
    edits: [
      { kind: 'remove', file: placementFile(environment, name) },
      { kind: 'remove-generated', file: folder },
    ],
    notices:
      jobs.length === 0
        ? []
        : [
            {
              message:
                jobs.length === 1
                  ? `${jobs.join()} stops in ${environment}, with a savepoint; nothing deletes its state`
                  : `${jobs.join(', ')} stop in ${environment}, each with a savepoint; nothing deletes their state`,
              remedy: `Argo CD asks a person before it deletes a job. Confirm ${environment}.${name}.flink first, and ${environment}.${name}.kafka when the job is gone: until then it writes, as its user. One that does not run can take no savepoint, and stays until its flinkConfiguration says kubernetes.operator.job.savepoint-on-deletion: "false".`,
            },
          ],
  };
};
