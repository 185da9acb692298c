import type { Client, Drop, Options } from "@spanmeter/core";
import type { FaultServer } from "./fault-server.js";
import { add, totalsOf, type Accounts } from "./tally.js";

export type CreateClient = (options: Options) => Client;

/** A client whose recorded counts and announced losses are kept beside it, by name. */
export interface AccountedClient {
  readonly client: Client;
  readonly recorded: ReadonlyMap<string, number>;
  readonly lost: ReadonlyMap<string, number>;
  readonly drops: readonly Drop[];
  count(name: string): void;
  /** All sides of the law, with the server's books. */
  accounts(server: FaultServer): Accounts;
}

export function accountClient(create: CreateClient, options: Options): AccountedClient {
  const recorded = new Map<string, number>();
  const lost = new Map<string, number>();
  const drops: Drop[] = [];
  const client = create({
    ...options,
    onDrop(drop) {
      drops.push(drop);
      add(lost, drop.name ?? "", drop.metrics);
    },
  });
  return {
    client,
    recorded,
    lost,
    drops,
    count(name) {
      add(recorded, name, 1);
      client.metrics.count(name);
    },
    accounts: ({ arrivals }) => ({
      recorded,
      lost,
      received: totalsOf(arrivals.filter(({ counted }) => counted)),
      ambiguous: totalsOf(arrivals.filter((each) => each.counted && each.ambiguous)),
      pending: client.stats().pending,
    }),
  };
}

/** How a client's own books contradict themselves or what `onDrop` heard; none when they agree. */
export function brokenBooks({
  client,
  drops,
}: Pick<AccountedClient, "client" | "drops">): string[] {
  const { recorded, delivered, pending, dropped } = client.stats();
  const lost = Object.values(dropped).reduce((total, each) => total + each, 0);
  const heard = drops.reduce((total, { metrics }) => total + metrics, 0);
  const broken: string[] = [];
  if (recorded !== delivered + pending + lost)
    broken.push(`${recorded} recorded, ${delivered} + ${pending} + ${lost} accounted for`);
  if (heard !== lost) broken.push(`${lost} lost, ${heard} announced`);
  return broken;
}
