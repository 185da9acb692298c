import { serializeEnvelope } from "@sentry/core";
import { createClient, type Options } from "@spanmeter/core";
import { gzipSync } from "node:zlib";
import { createFakePlatform, seededRandom } from "../fakes/fake-platform.js";
import { readQuickly } from "../readers/read-quickly.js";
import { samplingFactorOf } from "../snuba/stored-metric.js";
import { callsOf, type ShopDay } from "./shop-day.js";
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

/** The level of gzip that the node client uses. */
const GZIP_LEVEL = 3;
const SECOND_MS = 1000;
/** The random numbers of the client are others than those of the shop. */
const CLIENT_SEED = 1000;

/** Collects what a day records, and how many calls that are. */
export function tallyCalls(day: ShopDay): { readonly truth: Tally; readonly calls: number } {
  const truth = createTally();
  let count = 0;
  for (const calls of callsOf(day)) {
    count += calls.length;
    for (const { type, name, attributes, value } of calls)
      truth.add(type, name, attributes, { value, samplingFactor: 1 });
  }
  return { truth, calls: count };
}

/**
 * Replays a day through a real client on a fake clock, and reads what it sent as Relay and Snuba do. `onEnvelope` reads
 * each envelope as well.
 */
export async function replay(
  options: Options,
  day: ShopDay,
  onEnvelope?: (bytes: Uint8Array) => void,
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
    random: seededRandom(day.seed + CLIENT_SEED),
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
  for (const calls of callsOf(day)) {
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
