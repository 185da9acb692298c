import type { Cost, CostAnswer } from "../model/cost.js";
import {
  readCostQuestion,
  type CostOptions,
  type CostQuestion,
} from "../questions/lists/cost-question.js";
import { rangeSeconds } from "../questions/time-range.js";
import type { Store } from "../store/store.js";
import { shownRange } from "./shown-range.js";

/** Bytes of a GB, by which Sentry bills. */
const GB = 1e9;
const MONTH_MINUTES = 30 * 24 * 60;

/** Returns the items and bytes of metrics, and what they would cost in a month at this rate. */
export async function cost(
  store: Store,
  { options, nowNs }: { options: CostOptions; nowNs: bigint },
): Promise<CostAnswer> {
  const question = readCostQuestion(options, nowNs, await store.oldestMetricNs());
  const { rows, total, groups } = await store.cost(question);
  const estimate = estimator(question, total.bytes);
  return {
    by: question.by,
    range: shownRange(question.range),
    price: question.price,
    free: question.freeGb,
    total: estimate(total),
    rows: rows.map(({ name, type, unit, ...counts }) => ({
      name,
      ...(type !== undefined && { type }),
      ...(unit !== undefined && { unit }),
      ...estimate(counts),
      share: total.bytes === 0 ? 0 : counts.bytes / total.bytes,
    })),
    groups: { total: groups, shown: rows.length },
  };
}

/** The free bytes belong to the whole; each part has its share of them, so that the prices of the parts add up. */
function estimator({ range, price, freeGb }: CostQuestion, allBytes: number) {
  const minutes = rangeSeconds(range) / 60;
  const monthOf = (bytes: number): number => (bytes / minutes) * MONTH_MINUTES;
  const allMonth = monthOf(allBytes);
  const billedPart = allMonth === 0 ? 0 : Math.max(0, 1 - (freeGb * GB) / allMonth);
  return function estimate({ items, bytes }: Pick<Cost, "items" | "bytes">): Cost {
    const month = monthOf(bytes);
    return {
      items,
      bytes,
      perMinute: { items: items / minutes, bytes: bytes / minutes },
      month: { bytes: month, price: (month / GB) * billedPart * price },
    };
  };
}
