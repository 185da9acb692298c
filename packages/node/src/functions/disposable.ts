import type { Client } from "@spanmeter/core";

/** A client that `await using` closes: pending metrics are sent within `shutdown.timeout`. */
export interface NodeClient extends Client, AsyncDisposable {}

/**
 * Adds the method that `await using` calls at the end of its block, where the runtime has a symbol for
 * it. `timeout` is in milliseconds.
 */
export function disposable(client: Client, timeout: number): NodeClient {
  const dispose = async (): Promise<void> => void (await client.close(timeout));
  const symbol: symbol | undefined = Symbol.asyncDispose;
  return (
    symbol ? Object.defineProperty(client, symbol, { value: dispose }) : client
  ) as NodeClient;
}
