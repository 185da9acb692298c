import { createFakePlatform, type FakePlatform } from "@spanmeter/testing";
import { createClient, type Client, type Drop, type Options, type Platform } from "../src/index.js";

export const DSN = "https://public@o1.ingest.sentry.io/2";

/** Deletes what all clients of the process share: the current client, and the fallback trace. */
export function resetProcessGlobals(): void {
  for (const key of Object.getOwnPropertySymbols(globalThis))
    if (key.description?.startsWith("spanmeter.")) Reflect.deleteProperty(globalThis, key);
}

/** A client on a fake platform, whose clock a test moves. */
export interface SetUp extends FakePlatform {
  readonly client: Client;
  /** Every loss that `onDrop` received. */
  readonly drops: readonly Drop[];
  /** The warnings and errors that the client logged. */
  warnings(): string[];
  /** Advances the clock by the flush interval, so that waiting metrics are sent. */
  advanceInterval(): Promise<void>;
}

export function setUp(options: Options = {}, overrides: Partial<Platform> = {}): SetUp {
  const fake = createFakePlatform(overrides);
  const drops: Drop[] = [];
  const onDrop = (drop: Drop): void => void drops.push(drop);
  const client = createClient({ dsn: DSN, onDrop, ...options }, fake.platform);
  return {
    ...fake,
    client,
    drops,
    warnings: () => fake.lines.filter(({ level }) => level !== "log").map(({ text }) => text),
    advanceInterval: () => fake.clock.advance(client.options.flushInterval ?? 5000),
  };
}

/** Adds up the calls that `stats()` accounts for, and the losses that `onDrop` reported, by reason. */
export function balance({ client, drops }: Pick<SetUp, "client" | "drops">): {
  recorded: number;
  accounted: number;
  reported: Record<string, number>;
  dropped: Record<string, number>;
} {
  const { recorded, delivered, pending, dropped } = client.stats();
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const reported: Record<string, number> = {};
  for (const { reason, metrics } of drops) reported[reason] = (reported[reason] ?? 0) + metrics;
  const lost = sum(Object.values(dropped));
  return { recorded, accounted: delivered + pending + lost, reported, dropped: { ...dropped } };
}
