import { createPageEnd } from "../lifecycle/page-end.js";
import { pageStorage as storageOnly, type PagePart } from "../parts.js";

/** An optional piece of the queue behind a Sentry SDK on a page. */
export interface IntakePart extends PagePart {
  /** Sends what waits as a page ends. Without it, what leaves then may be cut off with the page. */
  readonly createPageEnd?: typeof createPageEnd;
}

/**
 * Pending metrics are sent as a page ends, in pieces that outlive it; the next page of the origin sends those
 * that this one cannot.
 */
export const pageStorage = (): IntakePart => ({ ...storageOnly(), createPageEnd });
