import {
  createItemCollector,
  type ComparedColumns,
} from "../../src/answers/changes/compared-items.js";
import type { Attributes } from "../../src/model/received-item.js";
import type { Slices } from "../../src/runtime/slices.js";

export interface TestItem {
  readonly attributes: Attributes;
  readonly isInside?: boolean;
  readonly seconds?: number;
  readonly value?: number;
  readonly weight?: number;
  readonly traceId?: string | null;
}

/** Pauses that are never due. */
export const NO_PAUSES: Slices = { rest: async () => {} };

/** The columns of items; each has a trace of its own unless it names one. */
export function comparedColumns(items: readonly TestItem[]): ComparedColumns {
  const { columns, add } = createItemCollector(0n);
  for (const [place, item] of items.entries()) {
    const { attributes, isInside = false, seconds = 0, value = 1, weight = 1 } = item;
    const timeNs = BigInt(Math.round(seconds * 1e9));
    const { traceId = `trace ${place}` } = item;
    add({ seq: BigInt(place + 1), timeNs, value, weight, traceId, isInside, attributes });
  }
  return columns;
}
