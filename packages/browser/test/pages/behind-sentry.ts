// Sentry, and what may stand behind its metrics. The page chooses.
import * as Sentry from "@sentry/browser-11";
import { spanmeterIntegration } from "../../src/sentry.js";

/** Initialises Sentry as an application does. */
function start(dsn: string, isBehind: boolean): void {
  Sentry.init({ dsn, integrations: isBehind ? [spanmeterIntegration()] : [] });
}

export interface BehindSentry {
  readonly Sentry: typeof Sentry;
  readonly start: typeof start;
}

Object.assign(globalThis, { Sentry, start } satisfies BehindSentry);
