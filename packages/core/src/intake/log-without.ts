import type { PlatformConsole } from "../contract/platform.js";
import { logTo } from "../engine/diagnostics.js";

/** Logs why the metrics of a Sentry client do not pass through Spanmeter. */
export function logWithout(console: PlatformConsole, error: unknown): void {
  logTo(console, "error", "Sentry.metrics are sent without Spanmeter:", error);
}
