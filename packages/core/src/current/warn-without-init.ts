/** The globals that are used before a client brings a platform. */
const host = globalThis as {
  console?: { warn(...words: unknown[]): void };
  process?: { env?: { NODE_ENV?: string } };
};

/** Warns a developer that calls wait for an `init()` that never came. Called behind `__DEV__`. */
export function warnWithoutInit(calls: number): void {
  try {
    if (host.process?.env?.NODE_ENV !== "production")
      host.console?.warn(
        `[spanmeter] ${calls} metrics wait for init(), which was not called. Call init({ dsn }) when the application starts, or add spanmeterIntegration() to a Sentry SDK that has a DSN; the first 100 calls are kept for it, later ones are lost.`,
      );
  } catch {
    // A console that an application replaced may throw.
  }
}
