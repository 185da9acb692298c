import { getClient } from "@spanmeter/core";
import type { Client } from "@spanmeter/core";
import { SHUTDOWN_TIMEOUT_MS } from "../options/shutdown-timeout.js";

/** By the options of the client, which stay the same where one client stands for another. */
const timeouts = new WeakMap<Client["options"], number>();

/** Stores the `shutdown.timeout` of the client with these options, in milliseconds, for {@link currentShutdownTimeout}. */
export function rememberTimeout(options: Client["options"], timeout: number): void {
  timeouts.set(options, timeout);
}

/** The `shutdown.timeout` of the current client, in milliseconds. */
export function currentShutdownTimeout(): number {
  const client = getClient();
  return (client && timeouts.get(client.options)) ?? SHUTDOWN_TIMEOUT_MS;
}
