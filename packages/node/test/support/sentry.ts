import { createRequire } from "node:module";
import type * as Sentry11 from "@sentry/node-11";

/** The majors that are held to the real packages. */
export const MAJORS = [8, 9, 10, 11] as const;
export type Major = (typeof MAJORS)[number];

/** What the tests use has the same shape in all majors; 11's types stand for it. */
export type Sentry = typeof Sentry11;

/**
 * The real package, loaded at the call: each owns globals of the process. A CommonJS script gets its CommonJS build,
 * as an application does; a module gets its modules, which take twice as long to load.
 */
export async function loadSentry(major: Major): Promise<Sentry> {
  if (process.argv[1]?.endsWith(".cjs")) return requireSentry(major);
  return importSentry(major);
}

/** Its modules, which hook what a script imports. */
export async function importSentry(major: Major): Promise<Sentry> {
  const loaders = {
    8: () => import("@sentry/node-8"),
    9: () => import("@sentry/node-9"),
    10: () => import("@sentry/node-10"),
    11: () => import("@sentry/node-11"),
  };
  return (await loaders[major]()) as unknown as Sentry;
}

/** Its CommonJS build, which in 8 and 9 is the one that can hook modules without a loader. */
export function requireSentry(major: Major): Sentry {
  return createRequire(process.argv[1]!)(`@sentry/node-${major}`) as Sentry;
}

/** A transport for the SDK itself, where a test does not look at what it sends. */
export const silentTransport = () => ({
  send: () => Promise.resolve({}),
  flush: () => Promise.resolve(true),
});
