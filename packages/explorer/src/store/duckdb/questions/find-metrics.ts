import type { MetricIdentity } from "../../../model/metric.js";
import type { StoreQuestions } from "../../store.js";
import { ACCEPTED_METRIC } from "./conditions.js";
import type { Select } from "./select.js";

/** Names that are remembered. */
const MOST_NAMES = 1_000;

/** The metrics with a name among the items from one to another. */
interface Found {
  readonly oldest: bigint;
  readonly newest: bigint;
  readonly metrics: readonly Pick<MetricIdentity, "type" | "unit">[];
}

/**
 * Creates the function that finds metrics by their name. Every question about a metric begins with it, so it remembers what it
 * found and reads only what arrived since; all of it again once old items were removed, because a metric may have ended.
 */
export function createFindMetrics(select: Select): StoreQuestions["findMetrics"] {
  const known = new Map<string, Found>();

  /** Items arrive in the order of `seq`, and one statement sees one state of the store. */
  async function readAfter(name: string, seq: bigint): Promise<Found | undefined> {
    const [found] = await select<Found | { oldest: null }>(
      `SELECT oldest, newest, metrics
       FROM (SELECT min(seq) AS oldest, max(seq) AS newest FROM items),
            (SELECT coalesce(list(DISTINCT {type: type, unit: coalesce(unit, 'none')}), []) AS metrics
             FROM items WHERE ${ACCEPTED_METRIC} AND name = $1 AND seq > $2)`,
      [name, seq],
    );
    return found === undefined || found.oldest === null ? undefined : found;
  }

  async function read(name: string): Promise<Found | undefined> {
    const before = known.get(name);
    const found = await readAfter(name, before?.newest ?? 0n);
    if (before === undefined || found === undefined) return found;
    if (found.oldest !== before.oldest) return readAfter(name, 0n);
    return { ...found, metrics: [...before.metrics, ...found.metrics] };
  }

  return async function findMetrics(name) {
    const found = await read(name);
    const metrics = withoutRepeated(found?.metrics ?? []);
    known.delete(name);
    if (known.size >= MOST_NAMES) known.clear();
    if (found !== undefined && metrics.length > 0) known.set(name, { ...found, metrics });
    return metrics.map((metric) => ({ name, ...metric }));
  };
}

/** Each type and unit once, in order. */
function withoutRepeated(metrics: Found["metrics"]): Found["metrics"] {
  const keyOf = ({ type, unit }: Found["metrics"][number]): string => JSON.stringify([type, unit]);
  return [...new Map(metrics.map((metric) => [keyOf(metric), metric]))]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, metric]) => metric);
}
