import type { Finding, Verdicts } from "../model/finding.js";
import { itemOf } from "../model/item.js";
import type { StoredItem } from "../model/received-item.js";
import {
  FINDING_ORDER,
  readVerdictQuestion,
  type VerdictOptions,
  type VerdictQuestion,
} from "../questions/lists/verdict-question.js";
import { writeCursor } from "../questions/sample-order.js";
import type { Store } from "../store/store.js";
import { fixOf } from "./fixes.js";
import { requireStored } from "./metric-identity.js";

/** Returns the notes about received items: how often each occurs, and for each item what Sentry would store instead. */
export async function verdicts(
  store: Store,
  { options, nowNs }: { options: VerdictOptions; nowNs: bigint },
): Promise<Verdicts> {
  const question = readVerdictQuestion(options, nowNs);
  const [{ counts, total }, found] = await Promise.all([
    store.countNotes(question),
    store.itemsWithNotes({ ...question, limit: question.limit + 1 }),
  ]);
  if (counts.length === 0) await requireStored(store, question.metric);
  const page = found.slice(0, question.limit);
  const last = found.length > page.length ? page.at(-1) : undefined;
  return {
    counts: counts.map((each) => ({ ...each, fix: fixOf(each.code) })),
    total,
    findings: page.flatMap((item) => findingsOf(item, question)),
    ...(last && {
      next: writeCursor(FINDING_ORDER, { key: last.timeNs, seq: last.seq, upToSeq: undefined }),
    }),
  };
}

function findingsOf(stored: StoredItem, { code }: VerdictQuestion): Finding[] {
  const { id, kind, name, notes, sdk, time, traceId, type, verdict } = itemOf(stored);
  return notes
    .filter((note) => code === undefined || note.code === code)
    .map((note) => ({
      id,
      kind,
      name,
      ...(type !== undefined && { type }),
      verdict,
      time,
      ...note,
      fix: fixOf(note.code),
      ...(traceId !== undefined && { traceId }),
      ...(sdk !== undefined && { sdk }),
    }));
}
