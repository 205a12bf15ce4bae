import { withoutMount } from './mount.js';

// What kustomize says when it would clone a remote base and finds no git; there is none in the module, ever. Some errors quote it.
const cloneAttempt = `no 'git' program on path: exec: "git": executable file not found in $PATH`;
const quotedCloneAttempt = JSON.stringify(cloneAttempt).slice(1, -1);

/**
 * Makes kustomize's error a person's: paths relative to the repository, and for a remote base its address and what to do instead.
 * @param text the error's text as the module gave it
 * @param remotes gives the addresses of remote bases that the build may have meant
 */
export function refusalMessage(text: string, remotes: () => readonly string[]): string {
  const message = withoutMount(text).trim();
  if (!message.includes(cloneAttempt) && !message.includes(quotedCloneAttempt)) return message;
  const refusal = `remote bases are not fetched (${remotes().join(', ')}): a build reads only the repository, so keep a copy of the base in it`;
  return message.replaceAll(cloneAttempt, () => refusal).replaceAll(quotedCloneAttempt, () => refusal);
}
