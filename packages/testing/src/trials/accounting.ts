import { add, type Arrival, type Totals } from "../servers/arrival.js";

/** What the next process counts by itself, because what an earlier one left follows what arrives. */
export const NEXT_PROCESS = "next process";

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
