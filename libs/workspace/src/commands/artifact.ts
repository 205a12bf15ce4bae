import { entryClass, imageReference, jarUri, jobName, misused, pipelineFile, pipelineName, refused, sha256, type Job } from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { namedPipeline } from './named.js';
import { setterAt } from './set-edits.js';

/** Records what a build made, by digest. */
export const artifact = defineCommand({
  name: 'artifact',
  summary: 'Record the image and the jar that a build made, by digest',
  examples: [
    'millrace artifact order-processor --image ghcr.io/acme/order-processor@sha256:<digest> --jar-uri https://artifacts.acme.example/order-processor-1.0.0.jar --jar-sha256 <digest>',
  ],
  options: z.strictObject({
    pipeline: pipelineName.meta({ description: 'The pipeline', positional: 0, prompt: 'Which pipeline was built?' }),
    jobs: z.array(jobName).default([]).meta({ description: 'The jobs in it (default: all of the pipeline, where they run one build)' }),
    image: imageReference.optional().meta({ description: 'The image with the jar in it, for application mode' }),
    jarUri: jarUri.optional().meta({ description: 'Where the operator downloads the jar, for session mode' }),
    jarSha256: sha256.optional().meta({ description: "The jar's SHA-256" }),
    entryClass: entryClass.optional().meta({ description: "The main class (default: the jar's)" }),
  }),
  plan: (workspace, { pipeline, jobs, image, jarUri, jarSha256, entryClass }) => {
    const declared = namedPipeline(workspace, pipeline).value.jobs;
    const names = jobs.length === 0 ? Object.keys(declared) : jobs;
    const unknown = names.find((name) => !(name in declared));
    if (unknown !== undefined) throw refused(`there is no job ${unknown} in ${pipeline}`, `Choose one of ${Object.keys(declared).join(', ') || '(none)'}.`);
    if (names.length === 0) throw refused(`${pipeline} has no job`, `Add one: millrace flink-job <name> --pipeline ${pipeline}`);
    if ((jarUri === undefined) !== (jarSha256 === undefined)) throw misused('--jar-uri and --jar-sha256 belong together', 'Pass both, or neither.');
    if (image === undefined && jarUri === undefined) throw misused('artifact needs --image, or --jar-uri and --jar-sha256', 'Pass what the build made.');
    if (jobs.length === 0) refuseSeveralBuilds(declared, { image, jarUri });
    return [
      {
        kind: 'yaml',
        file: pipelineFile(pipeline),
        edits: names.flatMap((name) => {
          const set = setterAt('jobs', name, 'artifact');
          return [...set(['image'], image), ...set(['jar', 'uri'], jarUri), ...set(['jar', 'sha256'], jarSha256), ...set(['entryClass'], entryClass)];
        }),
      },
    ];
  },
});

/** What was built is of every job, unless they run images of different names, or jars from different places: then one of them would run another's. */
function refuseSeveralBuilds(jobs: Readonly<Record<string, Job>>, built: { readonly image: string | undefined; readonly jarUri: string | undefined }): void {
  const names = Object.keys(jobs);
  const artifacts = Object.values(jobs).map(({ artifact }) => artifact);
  const images = built.image === undefined ? [] : [...artifacts.map(({ image }) => image), built.image].map((image) => image?.replace(/[:@][^/]*$/, ''));
  const jars = built.jarUri === undefined ? [] : artifacts.map(({ jar }) => jar?.uri);
  const different = [images, jars].map((values) => [...new Set(values.filter((value) => value !== undefined))]).find(({ length }) => length > 1);
  if (names.length === 1 || different === undefined) return;
  throw refused(
    `${names.join(', ')} would all run this build, and it is not one build that they run: ${different.join(', ')}`,
    `Say whose it is: --jobs <job>; that of all: --jobs ${names.join(',')}`,
  );
}
