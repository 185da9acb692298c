import { serializeEnvelope } from "@sentry/core";
import { createClient, type Options } from "@spanmeter/core";
import { gzipSync } from "node:zlib";
import { createFakePlatform, seededRandom } from "../fakes/fake-platform.js";
import { readQuickly } from "../readers/read-quickly.js";
import { samplingFactorOf } from "../snuba/stored-metric.js";
import type { ReplayCall } from "./shop-visit.js";
import { createTally, type Tally } from "./tally.js";

/** Everything that a client sent of a day. */
export interface Replay {
  readonly items: number;
  /** Bytes of the envelopes, compressed as the node client does. */
  readonly wireBytes: number;
  /** Bytes as Relay measures them and Sentry bills them. */
  readonly billedBytes: number;
  /** Values that arrived, with their weights. */
  readonly arrived: Tally;
}

/** How a day is replayed. */
export interface ReplaySettings {
  /** Seed of the random numbers of the client. */
  readonly seed: number;
  /** Reads each envelope as well. */
  readonly onEnvelope?: (bytes: Uint8Array) => void;
}

/** The level of gzip that the node client uses. */
const GZIP_LEVEL = 3;
const SECOND_MS = 1000;

/** Collects what was recorded. */
export function tallyCalls(day: readonly (readonly ReplayCall[])[]): Tally {
  const tally = createTally();
  for (const calls of day)
    for (const { type, name, attributes, value } of calls)
      tally.add(type, name, attributes, { value, samplingFactor: 1 });
  return tally;
}

/** Replays a day through a real client on a fake clock, and reads what it sent as Relay and Snuba do. */
export async function replay(
  options: Options,
  day: readonly (readonly ReplayCall[])[],
  { seed, onEnvelope }: ReplaySettings,
): Promise<Replay> {
  const arrived = createTally();
  let [items, wireBytes, billedBytes] = [0, 0, 0];

  function receive(bytes: Uint8Array): void {
    onEnvelope?.(bytes);
    wireBytes += gzipSync(bytes, { level: GZIP_LEVEL }).length;
    for (const { type, name, value, attributes, bytes: size } of readQuickly(bytes)) {
      items++;
      billedBytes += size;
      const samplingFactor = samplingFactorOf(attributes["sentry.client_sample_rate"]);
      arrived.add(type, name, attributes, { value, samplingFactor });
    }
  }

  const { clock, platform } = createFakePlatform({
    sdkName: "spanmeter.javascript.node",
    random: seededRandom(seed),
  });
  const client = createClient(
    {
      dsn: "https://public@o1.ingest.sentry.io/2",
      release: "shop@1.4.0",
      environment: "production",
      serverName: "shop-1",
      transport: () => ({
        async send(envelope) {
          // Sentry's types of envelopes differ from ours in name only.
          receive(Buffer.from(serializeEnvelope(envelope as never)));
          return { statusCode: 200 };
        },
        flush: async () => true,
      }),
      ...options,
    },
    platform,
  );
  for (const calls of day) {
    for (const { type, name, value, ...given } of calls)
      client.metrics[type === "counter" ? "count" : type](name, value, given);
    await clock.advance(SECOND_MS);
  }
  if (!(await client.close())) throw new Error("the replay could not be sent");
  const { dropped } = client.stats();
  const lost = Object.keys(dropped).filter((reason) => reason !== "sample_rate");
  if (lost.length > 0) throw new Error(`the replay lost calls: ${JSON.stringify(dropped)}`);
  return { items, wireBytes, billedBytes, arrived };
}
