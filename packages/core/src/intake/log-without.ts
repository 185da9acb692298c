import type { PlatformConsole } from "../contract/platform.js";

/** Logs why the metrics of a Sentry client do not pass through Spanmeter. */
export function logWithout(console: PlatformConsole, error: unknown): void {
  try {
    console.error("[spanmeter] Sentry.metrics are sent without Spanmeter:", error);
  } catch {
    // A console that an application replaced may throw.
  }
}
