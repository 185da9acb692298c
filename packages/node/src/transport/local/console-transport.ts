import { consoleTransport as createConsoleTransport } from "@spanmeter/core";
import type { TransportFactory } from "@spanmeter/core";
import { markLocal } from "./mark-local.js";

/**
 * Prints every item on the console instead of sending it.
 *
 * @example
 * init({ dsn, transport: consoleTransport() });
 */
export function consoleTransport(): TransportFactory {
  return markLocal(createConsoleTransport(console, (bytes) => new TextDecoder().decode(bytes)));
}
