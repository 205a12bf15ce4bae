import * as z from 'zod';

/** A git repository as Argo CD reads it: https or ssh, never with a password in it. */
export const repositoryUrl = z
  .string()
  .regex(/^(?:https?:\/\/[^\s@]+|ssh:\/\/\S+|[a-z][-a-z0-9_]*@[^\s:]+:\S+)$/, {
    error: 'expected a git URL without a password (for example https://git.acme.example/platform/streaming.git)',
  })
  .meta({ examples: ['https://git.acme.example/platform/streaming.git'] });
