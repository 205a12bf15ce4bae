/** Whether two outputs differ only in what differs from run to run: the hashes of commits and blobs. */
export function alike(one: string, other: string): boolean {
  return withoutHashes(one) === withoutHashes(other);
}

// Git's short and full names of objects; digests of images and files have 64 digits and are the same in every run.
function withoutHashes(text: string): string {
  return text.replace(/\b(?=[0-9]*[a-f])[0-9a-f]{7,40}\b/g, '<hash>');
}
