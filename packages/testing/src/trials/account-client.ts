import type { Client, DropReason, Options } from "@spanmeter/core";
import type { FaultServer } from "../servers/fault-server.js";
import { add, type Totals } from "../servers/arrival.js";
import { NEXT_PROCESS, totalsOf, type Accounts } from "./accounting.js";

/** Also where node keeps what it cannot send. */
export interface TrialClientOptions extends Options {
  shutdown?: { readonly spool?: string | false };
}

export type CreateClient = (options: TrialClientOptions) => Client;

/** A client whose recorded counts and announced losses are kept beside it, by name. */
export interface AccountedClient {
  readonly client: Client;
  readonly recorded: ReadonlyMap<string, number>;
  readonly lost: ReadonlyMap<string, number>;
  /** Why metrics were announced as lost, and how many for each reason. */
  readonly reasons: ReadonlyMap<DropReason, number>;
  count(name: string): void;
  /** All sides of the law, with the server's books. */
  accounts(server: FaultServer): Accounts;
}

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

/** What an heir counts is none of the client's. */
const without = (name: string, totals: Totals): Totals =>
  new Map([...totals].filter(([each]) => each !== name));

/** How a client's own books contradict themselves or what `onDrop` heard; none when they agree. */
export function brokenBooks({
  client,
  reasons,
}: Pick<AccountedClient, "client" | "reasons">): string[] {
  const { recorded, delivered, pending, dropped } = client.stats();
  const lost = Object.values(dropped).reduce((total, each) => total + each, 0);
  const heard = [...reasons.values()].reduce((total, each) => total + each, 0);
  const broken: string[] = [];
  if (recorded !== delivered + pending + lost)
    broken.push(`${recorded} recorded, ${delivered} + ${pending} + ${lost} accounted for`);
  if (heard !== lost) broken.push(`${lost} lost, ${heard} announced`);
  return broken;
}
