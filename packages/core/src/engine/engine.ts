import type { Guard } from "./guard.js";
import type { Diagnostics } from "./diagnostics.js";
import type { MetricType } from "../contract/metric.js";
import type { Platform } from "../contract/platform.js";
import type { Settings } from "./resolve-options.js";

/** What every stage is handed: the platform, a way to tell, and the settings in force. */
export interface World extends Platform, Diagnostics {
  settings: Settings;
  /**
   * Brings the settings up to date with the Sentry SDK beside this client, whose options are their
   * defaults. That SDK may be initialised later, or again. Never throws.
   */
  refreshSettings: () => void;
  /** The client was closed, or has no destination: nothing is recorded, and no pause waited for. */
  isClosed: boolean;
  /** Looks at each metric as Sentry will; only where developers are told. */
  lint?: (
    type: MetricType,
    name: string,
    details: { readonly unit?: unknown; readonly timestamp?: unknown },
    /** Milliseconds since the epoch, as the timestamp was understood. */
    time: number | undefined,
  ) => void;
  /** Calls what belongs to the platform or the application where it may throw. */
  readonly guard: Guard;
  readonly sdk: { readonly name: string; readonly version: string };
}
