import * as z from 'zod';

const HOST_AND_PATH = String.raw`[^\s@/?#]+(?:/[^\s?#]*)?`;

/**
 * A git repository as Argo CD reads it: over http(s), or ssh in either form. Never with a password, a query or a fragment, in which
 * somebody could put a token: what is declared is in git, and Argo CD has credentials of its own.
 */
export const repositoryUrl = z
  .string()
  .regex(new RegExp(String.raw`^(?:https?://[^\s@?#]+|ssh://(?:[\w.-]+@)?${HOST_AND_PATH}|[a-z][-a-z0-9_]*@[^\s:@/?#]+:[^\s?#]+)$`), {
    error: 'expected a git URL without password, query and fragment (for example https://git.acme.example/platform/streaming.git)',
  })
  .meta({ examples: ['https://git.acme.example/platform/streaming.git'] });
