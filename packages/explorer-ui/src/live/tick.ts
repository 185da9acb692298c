/** News of what has arrived since the last tick. */
export interface Tick {
  /** The id of the newest item. */
  readonly seq: string;
  /** New metrics by name; absent when anything may have arrived. */
  readonly names?: Readonly<Record<string, number>>;
  /** New items of other kinds, and metrics of further names. */
  readonly others: number;
}

const listeners = new Set<(tick: Tick) => void>();

/** Calls the listener at each tick, until the returned function is called. */
export function onTick(listener: (tick: Tick) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells every listener. */
export function tell(tick: Tick): void {
  for (const listener of listeners) listener(tick);
}

/** Whether a tick may change what is shown of these metrics. */
export const concernsMetrics =
  (...names: readonly string[]) =>
  (tick: Tick): boolean =>
    tick.others > 0 || !tick.names || names.some((name) => name in (tick.names ?? {}));
