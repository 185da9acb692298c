const localTransports = new WeakSet<object>();

/** Marks a transport whose envelopes do not leave the machine: nothing is spooled for it. */
export function markLocal<T extends object>(transport: T): T {
  localTransports.add(transport);
  return transport;
}

/** Whether a transport is marked as local, or is core's `memoryTransport`, which has `envelopes`. */
export function isLocal(transport: unknown): boolean {
  return (
    typeof transport === "function" && (localTransports.has(transport) || "envelopes" in transport)
  );
}
