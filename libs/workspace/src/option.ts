import * as z from 'zod';

import type { Command } from './command.js';

/** An option of a command as its front ends show it: read off the command's schema, never written twice. */
export interface Option {
  /** As the schema spells it: `storageClass`. */
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'list';
  readonly description: string;
  readonly required: boolean;
  readonly choices?: readonly string[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly prompt?: string;
  readonly positional?: number;
  readonly examples?: readonly unknown[];
  /** A list of key=value pairs. */
  readonly pairs: boolean;
}

const objectSchema = z.object({ properties: z.record(z.string(), z.record(z.string(), z.unknown())), required: z.array(z.string()).default([]) });
const propertySchema = z.object({
  type: z.enum(['string', 'integer', 'number', 'boolean', 'array']),
  description: z.string().default(''),
  enum: z.array(z.string()).optional(),
  default: z.unknown().optional(),
  pattern: z.string().optional(),
  prompt: z.string().optional(),
  positional: z.number().optional(),
  examples: z.array(z.unknown()).optional(),
  pairs: z.boolean().default(false),
});

/** The options of a command, those without a flag first, the rest in the order of the schema. */
export function optionsOf(command: Pick<Command, 'options'>): readonly Option[] {
  const { properties, required } = objectSchema.parse(z.toJSONSchema(command.options, { io: 'input', unrepresentable: 'any' }));
  const options = Object.entries(properties).map(([name, property]): Option => {
    const { type, description, enum: choices, default: value, pattern, prompt, positional, examples, pairs } = propertySchema.parse(property);
    return {
      name,
      type: type === 'array' ? 'list' : type,
      description,
      required: required.includes(name),
      pairs,
      ...(choices === undefined ? {} : { choices }),
      ...(value === undefined ? {} : { default: value }),
      ...(pattern === undefined ? {} : { pattern }),
      ...(prompt === undefined ? {} : { prompt }),
      ...(positional === undefined ? {} : { positional }),
      ...(examples === undefined ? {} : { examples }),
    };
  });
  return options.sort((a, b) => (a.positional ?? Infinity) - (b.positional ?? Infinity) || 0);
}
