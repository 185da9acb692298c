import type { Client } from "./client.js";
import type { Stats } from "./drop.js";
import type { Metrics } from "./metric.js";
import type { Options } from "./options.js";

const nothing = (): void => {};
const done = (): Promise<boolean> => Promise.resolve(true);

const NO_METRICS: Metrics = { count: nothing, gauge: nothing, distribution: nothing };
const NO_STATS: Stats = {
  recorded: 0,
  delivered: 0,
  pending: 0,
  dropped: {},
  envelopes: 0,
  bytes: 0,
};

/** A client that does nothing at the least cost: no destination, or metrics are off. */
export function createNoopClient(options: Options): Client {
  return {
    metrics: NO_METRICS,
    flush: done,
    close: done,
    setAttributes: nothing,
    withAttributes: (_attributes, fn) => fn(),
    stats: () => NO_STATS,
    options,
  };
}
