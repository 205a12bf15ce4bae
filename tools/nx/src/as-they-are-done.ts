/** What promises give, in the order in which they are done. One that is rejected is thrown in its turn. */
export async function* asTheyAreDone<T>(promises: readonly Promise<T>[]): AsyncGenerator<T> {
  const done: Promise<T>[] = [];
  let wake = (): void => undefined;
  for (const promise of promises) {
    const isDone = (): void => {
      done.push(promise);
      wake();
    };
    promise.then(isDone, isDone);
  }
  for (let waiting = promises.length; waiting > 0;) {
    if (done.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    for (const promise of done.splice(0)) {
      waiting -= 1;
      yield await promise;
    }
  }
}
