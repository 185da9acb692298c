import type { Client } from "@spanmeter/core";

/** A client that `await using` closes: what waits is sent within `shutdown.timeout`. */
export interface NodeClient extends Client, AsyncDisposable {}

/** Adds what `await using` calls at the end of its block, where the runtime has a symbol for it. */
export function disposable(client: Client, timeout: number): NodeClient {
  const dispose = async (): Promise<void> => void (await client.close(timeout));
  const symbol: symbol | undefined = Symbol.asyncDispose;
  return (
    symbol ? Object.defineProperty(client, symbol, { value: dispose }) : client
  ) as NodeClient;
}
