import type { Item } from "../model/item.js";
import type { TraceSpan } from "../model/trace.js";

/** Orders the spans of a trace as a waterfall, and adds every other item to the span that it names. */
export function buildTree(
  items: readonly Item[],
  offsetMsOf: (span: Item) => number,
): { spans: TraceSpan[]; unattached: Item[] } {
  const byId = new Map<string, Item>();
  for (const item of items) if (isSpan(item)) byId.set(item.spanId ?? "", item);
  const others = items.filter((item) => !isSpan(item));
  const attached = groupBy(others, (item) => item.spanId);
  const children = groupBy([...byId.values()], (span) =>
    byId.has(span.parentSpanId ?? "") ? span.parentSpanId : undefined,
  );
  const spans: TraceSpan[] = [];
  const visit = (span: Item, depth: number): void => {
    // Deleted when visited, so that spans that name each other as parent cause no endless loop.
    if (!byId.delete(span.spanId ?? "")) return;
    spans.push({ span, depth, offsetMs: offsetMsOf(span), items: attached.get(span.spanId) ?? [] });
    for (const child of children.get(span.spanId) ?? []) visit(child, depth + 1);
  };
  const known = new Set(byId.keys());
  for (const root of children.get(undefined) ?? []) visit(root, 0);
  for (const remaining of byId.values()) visit(remaining, 0);
  return { spans, unattached: others.filter((item) => !known.has(item.spanId ?? "")) };
}

/** Returns whether an item is a valid span or transaction. */
export const isSpan = ({ kind, spanId, verdict }: Item): boolean =>
  (kind === "span" || kind === "transaction") && spanId !== undefined && verdict !== "dropped";

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): Map<string | undefined, T[]> {
  const groups = new Map<string | undefined, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
