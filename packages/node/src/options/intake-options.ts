import type { IntakeOptions as CoreIntakeOptions } from "@spanmeter/core";
import type { ShutdownOptions } from "./shutdown-options.js";

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
