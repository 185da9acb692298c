import { createRequire } from "node:module";
import type * as Sentry11 from "@sentry/node-11";

/** The majors that are tested with the real packages. */
export const MAJORS = [8, 9, 10, 11] as const;
export type Major = (typeof MAJORS)[number];

/** The types of 11: the functions that the tests use have the same types in all majors. */
export type Sentry = typeof Sentry11;

/**
 * Loads the real package. Not before the call, because each changes globals of the process. A CommonJS script
 * gets the CommonJS build, as an application does; a module gets the ESM build, which loads half as fast.
 */
export async function loadSentry(major: Major): Promise<Sentry> {
  if (process.argv[1]?.endsWith(".cjs")) return requireSentry(major);
  return importSentry(major);
}

/** Loads the ESM build, which hooks the imports of a script. */
export async function importSentry(major: Major): Promise<Sentry> {
  const loaders = {
    8: () => import("@sentry/node-8"),
    9: () => import("@sentry/node-9"),
    10: () => import("@sentry/node-10"),
    11: () => import("@sentry/node-11"),
  };
  return (await loaders[major]()) as unknown as Sentry;
}

/** Loads the CommonJS build: in 8 and 9, only this one can hook modules without a loader. */
export function requireSentry(major: Major): Sentry {
  return createRequire(process.argv[1]!)(`@sentry/node-${major}`) as Sentry;
}

/** A transport for the SDK itself, for tests that ignore its envelopes. */
export const silentTransport = () => ({
  send: () => Promise.resolve({}),
  flush: () => Promise.resolve(true),
});
