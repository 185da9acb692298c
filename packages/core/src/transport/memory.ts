import type { Envelope } from "@sentry/core";
import type { TransportFactory } from "../transport-contract.js";

/** A transport that keeps what it is given, for tests. */
export interface MemoryTransport extends TransportFactory {
  /** Every envelope sent so far, oldest first. */
  readonly envelopes: readonly Envelope[];
  clear(): void;
}

/** Keeps envelopes in memory: `init({ dsn, transport: memory })`, then look at `memory.envelopes`. */
export function memoryTransport(): MemoryTransport {
  const envelopes: Envelope[] = [];
  return Object.assign(
    () => ({
      send(envelope: Envelope) {
        envelopes.push(envelope);
        return Promise.resolve({ statusCode: 200 });
      },
      flush: () => Promise.resolve(true),
    }),
    { envelopes, clear: () => void envelopes.splice(0) },
  );
}
