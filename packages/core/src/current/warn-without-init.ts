/** What there is of a platform as long as no client has handed one in. */
const host = globalThis as {
  console?: { warn(...words: unknown[]): void };
  process?: { env?: { NODE_ENV?: string } };
};

/** Tells a developer that calls wait for an `init()` that never came. Stands behind `__DEV__`. */
export function warnWithoutInit(calls: number): void {
  try {
    if (host.process?.env?.NODE_ENV !== "production")
      host.console?.warn(
        `[spanmeter] ${calls} metrics wait for init(), which was not called. Call init({ dsn }) when the application starts; the first 100 calls are kept for it, later ones are lost.`,
      );
  } catch {
    // A console that an application replaced may throw.
  }
}
