import type { Envelope, TransportFactory } from "../contract/transport.js";

/** A transport that keeps what it is given, for tests. */
export interface MemoryTransport extends TransportFactory {
  /** Every envelope sent so far, oldest first. */
  readonly envelopes: readonly Envelope[];
  clear(): void;
}

/** Keeps envelopes in memory: `init({ dsn, transport: memory })`, then look at `memory.envelopes`. */
export function memoryTransport(): MemoryTransport {
  const envelopes: Envelope[] = [];
  const make: TransportFactory = () => ({
    async send(envelope) {
      envelopes.push(envelope);
      return { statusCode: 200 };
    },
    flush: async () => true,
  });
  return Object.assign(make, { envelopes, clear: () => void envelopes.splice(0) });
}
