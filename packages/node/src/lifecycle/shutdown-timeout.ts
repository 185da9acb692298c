import { getClient } from "@spanmeter/core";
import type { Client } from "@spanmeter/core";
import { SHUTDOWN_TIMEOUT_MS } from "./shutdown-options.js";

const timeouts = new WeakMap<Client, number>();

/** Remembers how long the end of this client may take. */
export function rememberTimeout(client: Client, timeout: number): void {
  timeouts.set(client, timeout);
}

/** The same of the current client, in milliseconds. */
export function currentShutdownTimeout(): number {
  const client = getClient();
  return (client && timeouts.get(client)) ?? SHUTDOWN_TIMEOUT_MS;
}
