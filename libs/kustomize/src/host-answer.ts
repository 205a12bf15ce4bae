/** What the host's functions return to the WebAssembly module; go/host.go has the same numbers. */
export const hostAnswer = { absent: 0, file: 1, folder: 2, refused: 3 } as const;

/** How the module says a build ended; go/host.go has the same numbers. */
export const buildOutcome = { rendered: 0, refused: 1, panicked: 2 } as const;
