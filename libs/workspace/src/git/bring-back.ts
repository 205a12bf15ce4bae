/** What a person types to have a folder again that a commit took away: as it was before that. */
export function bringBack(folder: string): string {
  return `git checkout "$(git log -1 --diff-filter=D --format=%h -- ${folder})^" -- ${folder}`;
}
