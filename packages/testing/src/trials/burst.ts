import { accountClient, brokenBooks, type CreateClient } from "./account-client.js";
import { startFaultServer } from "../servers/fault-server.js";
import { brokenLaw, sum } from "./accounting.js";

/** The result of {@link burst}. */
export interface BurstResult {
  readonly recorded: number;
  readonly received: number;
  readonly lost: number;
  readonly pending: number;
  /** The peak of the heap above its size before the first call, garbage included. */
  readonly peakHeapBytes: number;
  /** Sentences about totals that do not add up; empty if they do. */
  readonly broken: readonly string[];
}

/** Records `calls` counts in one task, closes the client and adds up the totals. */
export async function burst(create: CreateClient, calls: number): Promise<BurstResult> {
  const server = await startFaultServer();
  const accounted = accountClient(create, { dsn: server.dsn, shutdown: { spool: false } });
  accounted.count("x");
  await accounted.client.flush(5000);
  globalThis.gc?.();
  const idle = process.memoryUsage().heapUsed;
  let peakHeapBytes = 0;
  for (let call = 1; call < calls; call++) {
    accounted.count("x");
    if (call % 10_000 === 0)
      peakHeapBytes = Math.max(peakHeapBytes, process.memoryUsage().heapUsed - idle);
  }
  await accounted.client.flush(60_000);
  await accounted.client.close(60_000);
  await server.close();
  const accounts = accounted.accounts(server);
  return {
    recorded: sum(accounts.recorded),
    received: sum(accounts.received),
    lost: sum(accounts.lost),
    pending: accounts.pending,
    peakHeapBytes,
    broken: [...brokenLaw(accounts), ...brokenBooks(accounted)],
  };
}
