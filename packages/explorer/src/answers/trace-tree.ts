import type { Item } from "../model/item.js";

export interface TraceSpan {
  span: Item;
  /** 0 for a root, and for a span whose parent was not received. */
  depth: number;
  /** From the start of the trace, milliseconds. */
  offsetMs: number;
  /** Metrics, logs and errors recorded while it was the active span, by time. */
  items: Item[];
}

/** Orders the spans of a trace as a waterfall and puts everything else beside the span it names. */
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
    // Taken out when visited: spans that name each other as parent cannot go round.
    if (!byId.delete(span.spanId ?? "")) return;
    spans.push({ span, depth, offsetMs: offsetMsOf(span), items: attached.get(span.spanId) ?? [] });
    for (const child of children.get(span.spanId) ?? []) visit(child, depth + 1);
  };
  const known = new Set(byId.keys());
  for (const root of children.get(undefined) ?? []) visit(root, 0);
  for (const left of byId.values()) visit(left, 0);
  return { spans, unattached: others.filter((item) => !known.has(item.spanId ?? "")) };
}

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
