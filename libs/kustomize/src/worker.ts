import { parentPort, workerData } from 'node:worker_threads';
import { KustomizeInstance } from './kustomize-instance.js';
import { refusalMessage } from './refusal.js';
import type { Rendered } from './rendered.js';
import { remoteReferences } from './remote-references.js';
import { RepositoryFiles } from './repository-files.js';
import type { WorkerReply, WorkerRequest, WorkerStart } from './worker-messages.js';

// An instance's memory never shrinks; past this a new one is cheaper than what the old one holds.
const mostMemory = 256 * 1024 * 1024;

// Whoever starts this worker is overlay-worker.ts, which gives it exactly this.
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment
const start: WorkerStart = workerData;
const files = new RepositoryFiles(start.root, start.changes);
let instance: KustomizeInstance | undefined;

const asRefusal = (text: string): string => refusalMessage(text, () => remoteReferences(files));

function render(overlay: string): Rendered {
  files.startRecord();
  try {
    instance ??= new KustomizeInstance(start.module, files);
    const { outcome, text, log } = instance.build(overlay);
    if (outcome === 'panicked' || instance.memoryBytes > mostMemory) instance = undefined;
    switch (outcome) {
      case 'rendered':
        return { kind: 'rendered', overlay, yaml: text, warnings: log.split('\n').filter((line) => line !== ''), ...files.record() };
      case 'refused':
        return { kind: 'failed', overlay, reason: 'refused', message: asRefusal(text) };
      case 'panicked':
        return { kind: 'failed', overlay, reason: 'crashed', message: `kustomize panicked: ${asRefusal(text)}` };
    }
  } catch (error) {
    instance = undefined;
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', overlay, reason: 'crashed', message: `kustomize crashed: ${asRefusal(message)}` };
  }
}

parentPort?.on('message', ({ overlay }: WorkerRequest) => {
  const reply: WorkerReply = { rendered: render(overlay) };
  parentPort?.postMessage(reply);
});
