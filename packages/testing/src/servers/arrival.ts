import type { IngestRequest } from "./ingest-request.js";

/** Sums of counter values by name. */
export type Totals = ReadonlyMap<string, number>;

/** One envelope at the server. Only sums are kept, so that a long run stays small. */
export interface Arrival {
  readonly counters: Totals;
  /** Metrics that its client reports count as lost. */
  readonly reported: number;
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number;
  /** The server keeps its metrics. */
  readonly counted: boolean;
  /** The client may not have learned that they were counted. */
  ambiguous: boolean;
}

/** The counters and reported losses of one request. */
export function readTotals(request: IngestRequest): Pick<Arrival, "counters" | "reported"> {
  const counters = new Map<string, number>();
  for (const { type, name, value } of request.metrics)
    if (type === "counter") add(counters, name, value);
  const reported = (request.envelope?.clientReports ?? [])
    .flatMap(({ discarded }) => discarded)
    .filter(({ category }) => category === "trace_metric")
    .reduce((total, { quantity }) => total + quantity, 0);
  return { counters, reported };
}

export function add(to: Map<string, number>, name: string, by: number): void {
  to.set(name, (to.get(name) ?? 0) + by);
}
