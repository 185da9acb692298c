import { add, type Arrival, type Totals } from "../servers/arrival.js";

/** The name that the next process counts, because stored metrics are sent after its first answer. */
export const NEXT_PROCESS = "next process";

/** Adds up the counters of these arrivals by name. */
export function totalsOf(arrivals: readonly Arrival[]): Totals {
  const totals = new Map<string, number>();
  for (const { counters } of arrivals)
    for (const [name, value] of counters) add(totals, name, value);
  return totals;
}

/** The totals of a trial by counter name. Every recorded count has the value 1. */
export interface Accounts {
  readonly recorded: Totals;
  /** Counted by the server, ambiguous ones included. */
  readonly received: Totals;
  /** Counted by the server although the client may not know. */
  readonly ambiguous: Totals;
  /** Reported by `onDrop`. */
  readonly lost: Totals;
  /** Pending by the client's stats. */
  readonly pending: number;
}

/**
 * Returns how the totals do not add up, in sentences; none if they do: recorded = received + lost +
 * pending, where only ambiguous metrics may count twice.
 */
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

/** Adds up all totals. */
export const sum = (totals: Totals): number =>
  [...totals.values()].reduce((total, each) => total + each, 0);

/** The metrics received, lost or pending in excess of the recorded ones. Ambiguous sends cause them. */
export const surplusOf = ({ recorded, received, lost, pending }: Accounts): number =>
  Math.max(0, sum(received) + sum(lost) + pending - sum(recorded));
