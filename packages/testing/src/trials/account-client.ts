import type { Client, DropReason, Options } from "@spanmeter/core";
import type { FaultServer } from "../servers/fault-server.js";
import { add, type Totals } from "../servers/arrival.js";
import { NEXT_PROCESS, totalsOf, type Accounts } from "./accounting.js";

/** Options of a client in a trial, with those of node's shutdown. */
export interface TrialClientOptions extends Options {
  /**
   * The folder of node's spool, or `false` for none.
   * @default undefined
   */
  shutdown?: { readonly spool?: string | false };
}

/** Creates a client of a platform. */
export type CreateClient = (options: TrialClientOptions) => Client;

/** A client with its recorded counts and reported losses by name. */
export interface AccountedClient {
  readonly client: Client;
  readonly recorded: ReadonlyMap<string, number>;
  readonly lost: ReadonlyMap<string, number>;
  /** The number of lost metrics for each reason. */
  readonly reasons: ReadonlyMap<DropReason, number>;
  /** Records one count of a name. */
  count(name: string): void;
  /** Compares the client's totals with the arrivals at a server. */
  accounts(server: FaultServer): Accounts;
}

/** Creates a client and counts its calls and losses. */
export function accountClient(create: CreateClient, options: TrialClientOptions): AccountedClient {
  const recorded = new Map<string, number>();
  const lost = new Map<string, number>();
  const reasons = new Map<DropReason, number>();
  const client = create({
    ...options,
    onDrop(drop) {
      reasons.set(drop.reason, (reasons.get(drop.reason) ?? 0) + drop.metrics);
      add(lost, drop.name ?? "", drop.metrics);
    },
  });
  return {
    client,
    recorded,
    lost,
    reasons,
    count(name) {
      add(recorded, name, 1);
      client.metrics.count(name);
    },
    accounts: ({ arrivals }) => ({
      recorded,
      lost,
      received: without(NEXT_PROCESS, totalsOf(arrivals.filter(({ counted }) => counted))),
      ambiguous: totalsOf(arrivals.filter((each) => each.counted && each.ambiguous)),
      pending: client.stats().pending,
    }),
  };
}

/** Removes a name: the next process records counts of its own. */
const without = (name: string, totals: Totals): Totals =>
  new Map([...totals].filter(([each]) => each !== name));

/** Returns how a client's stats contradict themselves or `onDrop`, in sentences; none if they agree. */
export function brokenBooks({
  client,
  reasons,
}: Pick<AccountedClient, "client" | "reasons">): string[] {
  const { recorded, delivered, pending, dropped } = client.stats();
  const lost = Object.values(dropped).reduce((total, each) => total + each, 0);
  const reported = [...reasons.values()].reduce((total, each) => total + each, 0);
  const broken: string[] = [];
  if (recorded !== delivered + pending + lost)
    broken.push(`${recorded} recorded, ${delivered} + ${pending} + ${lost} accounted for`);
  if (reported !== lost) broken.push(`${lost} lost, ${reported} reported`);
  return broken;
}
