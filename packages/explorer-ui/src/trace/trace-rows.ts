import type { PageSpan, TraceMark, TracePage } from "@spanmeter/explorer/model/trace-page";

interface RowPlace {
  /** Identifies the row in every answer: spans and marks have the id of their item. */
  readonly key: string;
  /** 0 for the outermost rows. */
  readonly depth: number;
  /** Whether rows belong to this one. */
  readonly hasChildren: boolean;
}

/** One row of a waterfall: a span, a mark in it, or the place of a span that was not received. */
export type TraceRow = RowPlace &
  (
    | { readonly kind: "span"; readonly span: PageSpan }
    | { readonly kind: "mark"; readonly mark: TraceMark }
    /** Without an id it holds the marks that name no span. */
    | { readonly kind: "missing"; readonly spanId: string | undefined }
  );

/** Returns all rows of a trace. Marks follow the span that recorded them, before the spans in it. */
export function buildRows(page: TracePage): TraceRow[] {
  const known = new Set(page.spans.map(({ spanId }) => spanId));
  const marks = groupBy(page.marks, ({ spanId }) => spanId);
  const rows: TraceRow[] = [];

  function addMarks(spanId: string | undefined, depth: number): void {
    for (const mark of marks.get(spanId) ?? [])
      rows.push({ kind: "mark", key: mark.id, depth, hasChildren: false, mark });
    marks.delete(spanId);
  }
  function addSpan(span: PageSpan, next: PageSpan | undefined, moved: number): void {
    const depth = span.depth + moved;
    const hasChildren = marks.has(span.spanId) || (next?.depth ?? 0) > span.depth;
    rows.push({ kind: "span", key: span.id, depth, hasChildren, span });
    addMarks(span.spanId, depth + 1);
  }
  function addMissing(spanId: string | undefined, hasSpans: boolean): void {
    const hasChildren = hasSpans || marks.has(spanId);
    rows.push({ kind: "missing", key: `missing ${spanId}`, depth: 0, hasChildren, spanId });
    addMarks(spanId, 1);
  }

  const trees = groupBy(treesOf(page.spans), ([root]) => missingParent(root, known));
  for (const [parent, below] of trees) {
    if (parent !== undefined) addMissing(parent, true);
    for (const tree of below)
      for (const [index, span] of tree.entries())
        addSpan(span, tree[index + 1], parent === undefined ? 0 : 1);
  }
  for (const spanId of marks.keys()) addMissing(spanId, false);
  return rows;
}

/** Returns the rows that are seen while those with these keys are collapsed. */
export function visibleRows(
  rows: readonly TraceRow[],
  collapsed: ReadonlySet<string>,
): readonly TraceRow[] {
  if (collapsed.size === 0) return rows;
  let hiddenBelow = Infinity;
  return rows.filter(({ depth, key }) => {
    if (depth > hiddenBelow) return false;
    hiddenBelow = collapsed.has(key) ? depth : Infinity;
    return true;
  });
}

/** Returns the place of the row that a row belongs to; -1 for an outermost one. */
export function parentPlace(rows: readonly TraceRow[], place: number): number {
  const depth = rows[place]?.depth ?? 0;
  for (let above = place - 1; above >= 0; above--)
    if ((rows[above]?.depth ?? 0) < depth) return above;
  return -1;
}

/** Returns the row of a span or item, by the id of either. */
export function findRow(rows: readonly TraceRow[], id: string): TraceRow | undefined {
  return (
    rows.find((row) => row.kind === "span" && row.span.spanId === id) ??
    rows.find((row) => row.key === id)
  );
}

/** The id by which the address names a row. */
export function idOfRow(row: TraceRow): string | undefined {
  if (row.kind === "span") return row.span.spanId;
  return row.kind === "mark" ? row.mark.id : undefined;
}

function treesOf(spans: readonly PageSpan[]): (readonly [PageSpan, ...PageSpan[]])[] {
  const trees: [PageSpan, ...PageSpan[]][] = [];
  for (const span of spans) {
    if (span.depth === 0) trees.push([span]);
    else trees.at(-1)?.push(span);
  }
  return trees;
}

/** The parent of an outermost span is missing, unless the span has none, or spans name each other as parent. */
const missingParent = (
  { parentSpanId }: PageSpan,
  known: ReadonlySet<string>,
): string | undefined =>
  parentSpanId !== undefined && !known.has(parentSpanId) ? parentSpanId : undefined;

function groupBy<T>(
  all: readonly T[],
  keyOf: (each: T) => string | undefined,
): Map<string | undefined, T[]> {
  const groups = new Map<string | undefined, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return groups;
}
