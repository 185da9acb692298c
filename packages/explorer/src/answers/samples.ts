import { itemOf, type Item } from "../model/item.js";
import { readSampleQuestion, type SampleOptions } from "../questions/sample-question.js";
import type { Store } from "../store/store.js";
import { unknownMetric } from "./metric-identity.js";

/** Returns single received metrics, the newest first. A known name without matching samples has an empty answer. */
export async function samples(
  store: Store,
  { options, nowNs }: { options: SampleOptions; nowNs: bigint },
): Promise<Item[]> {
  const question = readSampleQuestion(options, nowNs);
  const found = await store.samples(question);
  if (found.length === 0) await requireKnown(store, question.name);
  return found.map(itemOf);
}

async function requireKnown(store: Store, name: string | undefined): Promise<void> {
  if (name === undefined) return;
  const stored = await store.countMetrics(name);
  if (stored === 0) throw await unknownMetric(store, name);
}
