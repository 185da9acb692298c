import type { IngestRequest } from "./ingest-request.js";

/** The sum of the counter values of each name. */
export type Totals = ReadonlyMap<string, number>;

/** One envelope that reached the server. It has only sums, so that a long run needs little memory. */
export interface Arrival {
  readonly counters: Totals;
  /** The number of metrics that its client reports count as lost. */
  readonly reported: number;
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number;
  /** Whether the server counts its metrics. */
  readonly counted: boolean;
  /** Whether the client may not know that they were counted. */
  ambiguous: boolean;
}

/** Adds up the counters and reported losses of one request. */
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

/** Adds `by` to the total of a name. */
export function add(to: Map<string, number>, name: string, by: number): void {
  to.set(name, (to.get(name) ?? 0) + by);
}
