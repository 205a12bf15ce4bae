import { describe, expect, it } from 'vitest';

import { repositoryUrl } from './declared/repository-url.js';

describe('the URL of a git repository', () => {
  it.each([
    'https://git.acme.example/platform/streaming.git',
    'http://git.acme.example:8080/streaming',
    'ssh://git@git.acme.example:2222/platform/streaming.git',
    'ssh://git.acme.example/~platform/streaming.git',
    'git@git.acme.example:platform/streaming.git',
    'org-123@ssh.git.acme.example:platform/streaming.git',
    "https://git.acme.example/a';touch${IFS}b;'.git",
  ])('is taken: %s', (url) => {
    expect(repositoryUrl.safeParse(url).success).toBe(true);
  });

  it.each([
    'https://ada:s3cret@git.acme.example/x.git',
    'https://s3cret@git.acme.example/x.git',
    'ssh://git:s3cret@git.acme.example/x.git',
    'ssh://git:@git.acme.example/x.git',
    'https://git.acme.example/x.git?access_token=s3cret',
    'https://git.acme.example/x.git#token=s3cret',
    'ssh://git@git.acme.example/x.git?token=s3cret',
    'git@git.acme.example:x.git?token=s3cret',
    'git:s3cret@git.acme.example:x.git',
    'git@s3cret@git.acme.example:x.git',
    'file:///srv/x.git',
    'git.acme.example/x.git',
    '',
  ])('is refused, without repeating it: %s', (url) => {
    const { error } = repositoryUrl.safeParse(url);
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'expected a git URL without password, query and fragment (for example https://git.acme.example/platform/streaming.git)',
    ]);
  });
});
