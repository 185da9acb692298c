import { itemOf } from "../model/item.js";
import type { StoredItem } from "../model/received-item.js";
import type { SamplePage } from "../model/sample-page.js";
import { writeCursor } from "../questions/sample-order.js";
import {
  readSampleQuestion,
  type SampleOptions,
  type SampleQuestion,
} from "../questions/sample-question.js";
import type { Store } from "../store/store.js";
import { unknownMetric } from "./metric-identity.js";

/** Returns single received metrics. A known name without matching samples has an empty answer. */
export async function samples(
  store: Store,
  { options, nowNs }: { options: SampleOptions; nowNs: bigint },
): Promise<SamplePage> {
  const question = readSampleQuestion(options, nowNs);
  const found = await store.samples({ ...question, limit: question.limit + 1 });
  if (found.length === 0) await requireKnown(store, question.name);
  const page = found.slice(0, question.limit);
  const next = found.length > page.length ? cursorAfter(question, page.at(-1)) : undefined;
  return { samples: page.map(itemOf), ...(next !== undefined && { next }) };
}

function cursorAfter({ order }: SampleQuestion, item: StoredItem | undefined): string | undefined {
  if (item === undefined) return undefined;
  const key = order.by === "time" ? item.timeNs : (item.value ?? 0);
  return writeCursor(order, { key, seq: item.seq });
}

async function requireKnown(store: Store, name: string | undefined): Promise<void> {
  if (name === undefined) return;
  const stored = await store.countMetrics(name);
  if (stored === 0) throw await unknownMetric(store, name);
}
