import type { IngestRequest } from "./ingest-request.js";

/** Sums of counter values by name. */
export type Totals = ReadonlyMap<string, number>;

/** What the next process counts by itself, because what an earlier one left follows what arrives. */
export const HEIR = "heir";

/** What became of one envelope at the server. Only sums are kept, so that a long run stays small. */
export interface Arrival {
  readonly counters: Totals;
  /** Metrics that its client reports told as lost. */
  readonly reported: number;
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number;
  /** The server keeps its metrics. */
  readonly counted: boolean;
  /** The client may not have learned that they were counted. */
  ambiguous: boolean;
}

/** What one request brought, before it is known what becomes of it. */
export function tallyOf(request: IngestRequest): Pick<Arrival, "counters" | "reported"> {
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

/** Adds up the counters of these arrivals. */
export function totalsOf(arrivals: readonly Arrival[]): Totals {
  const totals = new Map<string, number>();
  for (const { counters } of arrivals)
    for (const [name, value] of counters) add(totals, name, value);
  return totals;
}

/** All sides of the law, by counter name. Every recorded count has the value 1. */
export interface Accounts {
  readonly recorded: Totals;
  /** What the server counted, ambiguous ones included. */
  readonly received: Totals;
  /** What it counted although the client may not know. */
  readonly ambiguous: Totals;
  /** What `onDrop` announced. */
  readonly lost: Totals;
  /** What the client says still waits. */
  readonly pending: number;
}

/** How the accounts break the law, in sentences; none when it holds. */
export function brokenLaw(accounts: Accounts): string[] {
  const { recorded, received, ambiguous, lost, pending } = accounts;
  const broken: string[] = [];
  let missing = 0;
  for (const name of new Set([...recorded.keys(), ...received.keys(), ...lost.keys()])) {
    const [all = 0, got = 0, unsure = 0, gone = 0] = [recorded, received, ambiguous, lost].map(
      (totals) => totals.get(name),
    );
    const surplus = got + gone - all;
    missing += Math.max(0, -surplus);
    if (surplus > unsure)
      broken.push(`${name}: ${surplus} more than recorded, of which ${unsure} may be ambiguous`);
  }
  if (missing > pending)
    broken.push(`${missing} metrics neither arrived nor were announced; ${pending} are pending`);
  return broken;
}

export const sum = (totals: Totals): number =>
  [...totals.values()].reduce((total, each) => total + each, 0);

/** What arrived or was announced beyond what was recorded: the price of ambiguous sends. */
export const surplusOf = ({ recorded, received, lost, pending }: Accounts): number =>
  Math.max(0, sum(received) + sum(lost) + pending - sum(recorded));
