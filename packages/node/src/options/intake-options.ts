import type { IntakeOptions as CoreIntakeOptions, PlatformDefaults } from "@spanmeter/core";
import type { ShutdownOptions } from "./shutdown-options.js";

/**
 * The SDK hands over up to 1000 metrics at once, and its own transport holds 64 such envelopes: as many fit here before
 * anything is folded.
 */
export const INTAKE_DEFAULTS: Pick<PlatformDefaults, "maxQueueItems" | "maxQueueBytes"> = {
  maxQueueItems: 64_000,
  maxQueueBytes: 64 * 2 ** 20,
};
/** The SDK itself waits as long as it takes. A send that is given up too early arrives twice. */
export const SEND_TIMEOUT_MS: number = 30_000;

/** How metrics of a Sentry SDK are queued. Whatever the SDK knows itself is read from its client. */
export interface IntakeOptions extends CoreIntakeOptions {
  /**
   * How pending metrics are sent or stored when the process ends. See {@link ShutdownOptions}.
   * @default `{ timeout: 2000 }`, with a spool in the user's state folder
   */
  shutdown?: ShutdownOptions | undefined;
}

/** How a transport for metrics is made. */
export interface MetricsTransportOptions extends IntakeOptions {
  /**
   * Reports losses and their reasons to Sentry.
   * @default true
   */
  sendClientReports?: boolean | undefined;
}
