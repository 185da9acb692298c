import {
  sentry as coreSentry,
  spotlight as coreSpotlight,
  type Part,
  type TraceSource,
} from "@spanmeter/core";
import { pageTraceSource } from "./context/page-trace.js";
import { replayAttributes } from "./context/replay.js";
import { sendStored, store, type PageStorage } from "./lifecycle/page-storage.js";
import { pageTransport, post } from "./transport/page-transport.js";

export {
  beforeSend,
  waitForSentry,
  folding,
  openTelemetry,
  sampling,
  trimming,
} from "@spanmeter/core";

/** An optional piece of a client on a page. */
export interface PagePart extends Part {
  /**
   * Stores what does not leave with a page for the next page of the origin. Without it, what a page cannot
   * send in time is lost with the page.
   */
  readonly storage?: PageStorage;
}

/**
 * Metrics get the trace, the scopes and the Session Replay of the Sentry SDK on the page (8 to 11), and its
 * options are defaults of the client's.
 */
export const sentry = (): PagePart => coreSentry(replayAttributes);

/** Metrics get the trace that the server began for this page load. */
export const pageTrace = (): PagePart => ({
  createTraceSource: (): TraceSource => pageTraceSource(),
});

/** The next page of the origin sends what this one cannot. */
export const pageStorage = (): PagePart => ({ storage: { store, sendStored } });

/** Sends a copy of everything to the local explorer that the `spotlight` option names. */
export const spotlight = (): PagePart =>
  coreSpotlight((options, runtime) => pageTransport((body) => post(options, body, runtime)));
