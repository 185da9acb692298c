const local = new WeakSet<object>();

/** Marks a transport that does not leave the machine: a process that ends keeps nothing for it. */
export function markLocal<T extends object>(transport: T): T {
  local.add(transport);
  return transport;
}

/** Core's `memoryTransport` shows itself by what it keeps. */
export function isLocal(transport: unknown): boolean {
  return typeof transport === "function" && (local.has(transport) || "envelopes" in transport);
}
