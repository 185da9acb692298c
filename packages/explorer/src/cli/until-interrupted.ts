const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Resolves at the first Ctrl-C (SIGINT), SIGTERM or closed terminal (SIGHUP). A second one ends the process immediately, as by default. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const signal of SIGNALS) process.off(signal, done);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, done);
  });
}
