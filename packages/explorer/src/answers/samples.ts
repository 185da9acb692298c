import type { TraceCounts } from "../model/exemplar.js";
import { itemOf } from "../model/item.js";
import type { StoredItem } from "../model/received-item.js";
import type { Sample, SamplePage } from "../model/sample-page.js";
import { writeCursor } from "../questions/sample-order.js";
import {
  readSampleQuestion,
  type SampleOptions,
  type SampleQuestion,
} from "../questions/sample-question.js";
import type { Store } from "../store/store.js";
import { requireStored } from "./metric-identity.js";

/** Returns single received metrics. A known name without matching samples has an empty answer. */
export async function samples(
  store: Store,
  { options, nowNs }: { options: SampleOptions; nowNs: bigint },
): Promise<SamplePage> {
  const question = readSampleQuestion(options, { nowNs, lastSeq: store.lastSeq() });
  const found = await store.samples({ ...question, limit: question.limit + 1 });
  if (found.length === 0) await requireStored(store, question.name);
  const page = found.slice(0, question.limit);
  const traceIds = new Set(page.map(({ traceId }) => traceId).filter((id) => id !== undefined));
  const counts = await store.traceCounts([...traceIds], question.upToSeq);
  const last = found.length > page.length ? page.at(-1) : undefined;
  return {
    samples: page.map((item) => present(item, counts)),
    ...(last && { next: cursorAfter(question, last, counts) }),
  };
}

type Counts = ReadonlyMap<string, TraceCounts>;

function present(item: StoredItem, counts: Counts): Sample {
  const trace = counts.get(item.traceId ?? "");
  return { ...itemOf(item), ...(trace && { trace }) };
}

function cursorAfter({ order, upToSeq }: SampleQuestion, item: StoredItem, counts: Counts): string {
  const keyOf = (): bigint | number => {
    if (order.by === "time") return item.timeNs;
    if (order.by === "value") return item.value ?? 0;
    return counts.get(item.traceId ?? "")?.[order.by] ?? 0;
  };
  return writeCursor(order, { key: keyOf(), seq: item.seq, upToSeq });
}
