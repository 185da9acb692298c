import { getClient } from "@spanmeter/core";
import type { Client } from "@spanmeter/core";
import { SHUTDOWN_TIMEOUT_MS } from "../options/shutdown-timeout.js";

const timeouts = new WeakMap<Client, number>();

/** Stores the `shutdown.timeout` of a client, in milliseconds, for {@link currentShutdownTimeout}. */
export function rememberTimeout(client: Client, timeout: number): void {
  timeouts.set(client, timeout);
}

/** The `shutdown.timeout` of the current client, in milliseconds. */
export function currentShutdownTimeout(): number {
  const client = getClient();
  return (client && timeouts.get(client)) ?? SHUTDOWN_TIMEOUT_MS;
}
