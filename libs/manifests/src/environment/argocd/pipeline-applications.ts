import { applicationName, argocdPipelinesFolder, kafkaPart, type Workspace } from '@millrace/model';

import { FILE_REMEDY, type Manifest } from '../../file.js';
import { kafkaOverlays } from '../../pipeline/kafka-overlay.js';
import { deployedJobs, type Placed } from '../../pipeline/placed.js';
import { applicationContext, type ApplicationPlan } from './application.js';

/** The Applications of a pipeline in an environment: topics and users, one a Kafka cluster; jobs. */
export function pipelineApplications(workspace: Workspace, placed: Placed): readonly Manifest[] {
  const { environment, layout, namespace, pipeline, bases, folder, file } = placed;
  const name = environment.environment;
  const application = (part: string, project: 'kafka' | 'flink', plan: Omit<ApplicationPlan, 'application' | 'path' | 'project' | 'role'>): Manifest => ({
    path: `${argocdPipelinesFolder(name)}/${pipeline.pipeline}-${part}.yaml`,
    from: file,
    remedy: FILE_REMEDY,
    layout,
    template: 'argocd/application',
    context: applicationContext(workspace, environment, {
      ...plan,
      role: 'part',
      application: applicationName(name, pipeline.pipeline, part),
      project: applicationName(name, pipeline.team, project),
      path: `${folder}/${part}`,
    }),
  });
  return [
    ...kafkaOverlays(placed).map(({ name: cluster, kafka }) => {
      const part = kafkaPart(pipeline, cluster);
      return application(part, 'kafka', { wave: 0, namespace: kafka.namespace, bases: [`${bases}/${part}`] });
    }),
    ...(deployedJobs(placed).length > 0 ? [application('flink', 'flink', { wave: 0, namespace, bases: [`${bases}/${environment.flink.mode}`] })] : []),
  ];
}
