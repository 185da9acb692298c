import type { Item } from "../model/item.js";

/** The fields of an item by which it has a place in the tree. */
export type TreeItem = Pick<Item, "kind" | "verdict"> & {
  readonly spanId?: string | undefined;
  readonly parentSpanId?: string | undefined;
};

/** One span of a tree, with its place in the waterfall. */
interface TreeSpan<T> {
  span: T;
  depth: number;
  offsetMs: number;
  items: T[];
}

/** Orders the spans of a trace as a waterfall, and adds every other item to the span that it names. */
export function buildTree<T extends TreeItem>(
  items: readonly T[],
  offsetMsOf: (span: T) => number,
): { spans: TreeSpan<T>[]; unattached: T[] } {
  const byId = new Map<string, T>();
  for (const item of items) if (isSpan(item)) byId.set(item.spanId ?? "", item);
  const others = items.filter((item) => !isSpan(item));
  const attached = groupBy(others, (item) => item.spanId);
  const children = groupBy([...byId.values()], (span) =>
    byId.has(span.parentSpanId ?? "") ? span.parentSpanId : undefined,
  );
  const spans: TreeSpan<T>[] = [];
  /** It has a list instead of calling itself: a chain of spans may be longer than a stack. */
  const visit = (first: T): void => {
    const open = [{ span: first, depth: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { span, depth } = next;
      const { spanId } = span;
      // Deleted when visited, so that spans that name each other as parent cause no endless loop.
      if (!byId.delete(spanId ?? "")) continue;
      spans.push({ span, depth, offsetMs: offsetMsOf(span), items: attached.get(spanId) ?? [] });
      const below = (children.get(spanId) ?? []).map((child) => ({
        span: child,
        depth: depth + 1,
      }));
      for (const child of below.reverse()) open.push(child);
    }
  };
  const known = new Set(byId.keys());
  for (const root of children.get(undefined) ?? []) visit(root);
  for (const remaining of byId.values()) visit(remaining);
  return { spans, unattached: others.filter((item) => !known.has(item.spanId ?? "")) };
}

/** Returns whether an item is a valid span or transaction. */
export const isSpan = ({ kind, spanId, verdict }: TreeItem): boolean =>
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
