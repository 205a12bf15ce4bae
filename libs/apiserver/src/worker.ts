import { parentPort } from 'node:worker_threads';
import type { ApiVerdict } from './api-verdict.js';
import { BuiltInKinds } from './built-in-kinds.js';
import { CustomResources } from './custom-resources.js';
import type { ModuleName } from './embedded-module.js';
import { Panic } from './module-instance.js';
import type { GivenDefinition, Task, WorkerReply, WorkerRequest } from './worker-messages.js';

// An instance's memory never shrinks; past this a new one is cheaper than what the old one holds.
const mostMemory = 512 * 1024 * 1024;

const definitions = new Map<string, GivenDefinition>();
const instances: { custom?: CustomResources | undefined; builtin?: BuiltInKinds | undefined } = {};

function module(name: ModuleName, modules: WorkerRequest['modules']): WebAssembly.Module {
  const compiled = modules[name];
  if (compiled === undefined) throw new Error(`the request came without the module ${name}`);
  return compiled;
}

function ask({ module: name, text, subject, definition: key }: Task, modules: WorkerRequest['modules']): ApiVerdict {
  if (name === 'builtin') {
    instances.builtin ??= new BuiltInKinds(module(name, modules));
    return instances.builtin.validate(text, subject);
  }
  instances.custom ??= new CustomResources(module(name, modules));
  if (key === undefined) return instances.custom.validateDefinition(text, subject);
  const definition = definitions.get(key);
  if (definition === undefined) throw new Error(`the request came without the definition ${key}`);
  return instances.custom.validate(text, subject, definition);
}

function validate(task: Task, modules: WorkerRequest['modules']): ApiVerdict {
  try {
    const verdict = ask(task, modules);
    if ((instances[task.module]?.memoryBytes ?? 0) > mostMemory) instances[task.module] = undefined;
    return verdict;
  } catch (error) {
    instances[task.module] = undefined;
    const message = error instanceof Error ? error.message : String(error);
    return {
      kind: 'failed',
      reason: 'crashed',
      message: error instanceof Panic ? `the API server panicked: ${message}` : `the API server crashed: ${message}`,
    };
  }
}

parentPort?.on('message', ({ modules, definitions: added, tasks }: WorkerRequest) => {
  for (const [key, definition] of added) definitions.set(key, definition);
  for (const task of tasks) {
    const reply: WorkerReply = { verdict: validate(task, modules) };
    parentPort?.postMessage(reply);
  }
});
