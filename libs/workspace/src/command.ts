import { fieldOf, MillraceError, type Problem, type Workspace } from '@millrace/model';
import * as z from 'zod';

import type { Changes } from './changes.js';
import type { FileEdit } from './file-edit.js';
import type { History } from './history.js';

/**
 * A command is one value. Its name, its options' schema (text, examples, prompts, what stands first) and its plan are
 * all there is: Nx's schema.json, the command line's flags and the documentation are made from it.
 */
export type Command = WorkspaceCommand | FirstCommand;

interface Described {
  readonly name: string;
  /** One line, in the imperative. */
  readonly summary: string;
  readonly examples: readonly string[];
  readonly options: z.ZodObject;
}

/** A command that works on a workspace. `in sync`: what it writes must be its own doing. */
export interface WorkspaceCommand extends Described {
  readonly needs: 'workspace' | 'workspace in sync';
  /** The pipelines of which it wants every release read, not only those that run and the newest. */
  readonly releasesOf?: (options: unknown) => readonly string[];
  /** The edits of declared files that the options ask for. Throws a MillraceError: usage for options, refused for the rest. */
  plan(workspace: Workspace, options: unknown, history: History): CommandPlan;
}

/** A command that makes a workspace. Where there is one that can be read, it is given that. */
export interface FirstCommand extends Described {
  readonly needs: 'nothing';
  plan(workspace: Workspace | undefined, options: unknown): CommandPlan;
}

/** What a command would do to declared files, and what a person should know of it. */
export interface CommandPlan {
  readonly edits: readonly FileEdit[];
  /** A function where it depends on what of the edits is new. */
  readonly notices: readonly Problem[] | ((changes: Changes) => readonly Problem[]);
}

/** Most plans are edits and nothing to say. */
type Planned = readonly FileEdit[] | CommandPlan;

function asPlan(planned: Planned): CommandPlan {
  return 'edits' in planned ? planned : { edits: planned, notices: [] };
}

/** Defines a command that works on a workspace. */
export function defineCommand<S extends z.ZodObject>(definition: {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly options: S;
  readonly needs?: 'workspace in sync';
  readonly releasesOf?: (options: z.output<S>) => readonly string[];
  readonly plan: (workspace: Workspace, options: z.output<S>, history: History) => Planned;
}): WorkspaceCommand {
  const { name, summary, examples, options, needs = 'workspace', releasesOf } = definition;
  return {
    name,
    summary,
    examples,
    options,
    needs,
    ...(releasesOf === undefined ? {} : { releasesOf: (raw: unknown) => releasesOf(parseOptions(name, options, raw)) }),
    plan(workspace, raw, history) {
      return asPlan(definition.plan(workspace, parseOptions(name, options, raw), history));
    },
  };
}

/** Defines a command that makes a workspace. */
export function defineFirstCommand<S extends z.ZodObject>(definition: {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly options: S;
  readonly plan: (options: z.output<S>, workspace: Workspace | undefined) => Planned;
}): FirstCommand {
  const { name, summary, examples, options } = definition;
  return { name, summary, examples, options, needs: 'nothing', plan: (workspace, raw) => asPlan(definition.plan(parseOptions(name, options, raw), workspace)) };
}

/** What a schema makes of options; throws a usage error that names the flags. `help` is what to type to learn more. */
export function parseOptions<S extends z.ZodObject>(command: string, schema: S, raw: unknown, help = `millrace ${command} --help`): z.output<S> {
  const parsed = schema.safeParse(raw, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new MillraceError(
    'usage',
    parsed.error.issues.map((issue) => {
      const option = String(issue.path[0] ?? '');
      const named = isPositional(schema, option) ? `<${option}>` : flagOf(option);
      const missing = issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : undefined;
      return {
        message: unknown !== undefined ? `${command} has no option ${unknown}` : missing ? `${command} needs ${named}` : `${named}: ${issue.message}`,
        remedy: `See: ${help}`,
      };
    }),
  );
}

function isPositional(schema: z.ZodObject, option: string): boolean {
  const property: unknown = fieldOf(schema.shape, option);
  return property instanceof z.ZodType && property.meta()?.['positional'] !== undefined;
}

/** An option's flag: `storageClass` is `--storage-class`. */
export function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A repeatable `key=value` option, as a mapping. */
export function keyValues(example: string) {
  return z
    .array(z.string().regex(/^[^=\s]+=/, { error: `expected key=value (for example ${example})` }))
    .default([])
    .transform((pairs) => Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])));
}
