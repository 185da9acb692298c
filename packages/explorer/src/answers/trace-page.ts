import { callsOf } from "../model/calls.js";
import { isoTime } from "../model/iso-time.js";
import type { TraceRoot } from "../model/trace-list.js";
import type { PageSpan, TraceMark, TracePage } from "../model/trace-page.js";
import { notFound } from "../questions/query-error.js";
import type { Store } from "../store/store.js";
import type { SlimItem, TypicalTime } from "../store/stored-trace.js";
import { selfTime, type Stretch } from "./self-time.js";
import { findTraceId } from "./trace.js";
import { rootOf } from "./trace-list.js";
import { buildTree, isSpan } from "./trace-tree.js";

const MAX_ITEMS = 25_000;

/** Returns what a waterfall shows of a trace. Rejects with a `QueryError` when there is none, or more than one. */
export async function tracePage(store: Store, id: string): Promise<TracePage> {
  const traceId = await findTraceId(store, id);
  const [{ items, truncated }, typical] = await Promise.all([
    store.slimTraceItems(traceId, MAX_ITEMS),
    store.typicalTimes(traceId),
  ]);
  const timed = items.some(isSpan) ? items.filter(isSpan) : items;
  const [first] = timed;
  if (first === undefined) throw notFound(`Nothing was received in trace ${traceId}`);
  const offsetNs = (item: SlimItem): number => Number(item.timeNs - first.timeNs);
  const stretchOf = (item: SlimItem): Stretch => ({
    begin: offsetNs(item),
    end: offsetNs(item) + Number(item.durationNs ?? 0n),
  });
  const root = findRoot(timed);
  return {
    traceId,
    ...(root && { root }),
    start: isoTime(first.timeNs),
    durationMs: timed.reduce((latest, item) => Math.max(latest, stretchOf(item).end), 0) / 1e6,
    ...(typical && {
      typical: { traces: typical.traces, durationMs: Number(typical.durationNs) / 1e6 },
    }),
    spans: presentSpans(items, stretchOf, typical?.times ?? []),
    marks: items.filter((item) => !isSpan(item)).map((item) => markOf(item, offsetNs(item) / 1e6)),
    truncated,
  };
}

/** Items are by time: the first one is the earliest. */
function findRoot(items: readonly SlimItem[]): TraceRoot | undefined {
  const spans = items.filter(isSpan);
  const withoutParent = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  const [earliest, ...rest] = withoutParent.length > 0 ? withoutParent : spans;
  if (earliest === undefined) return undefined;
  const longest = rest.reduce(
    (root, span) =>
      span.timeNs === root.timeNs && (span.durationNs ?? 0n) > (root.durationNs ?? 0n)
        ? span
        : root,
    earliest,
  );
  return rootOf(longest.op, longest.name);
}

function presentSpans(
  items: readonly SlimItem[],
  stretchOf: (item: SlimItem) => Stretch,
  times: readonly TypicalTime[],
): PageSpan[] {
  const { spans } = buildTree(items, (span) => stretchOf(span).begin / 1e6);
  const children = new Map<number | undefined, Stretch[]>();
  const path: number[] = [];
  for (const [index, { span, depth }] of spans.entries()) {
    path.length = depth;
    const parent = path.at(-1);
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [stretchOf(span)]);
    else siblings.push(stretchOf(span));
    path.push(index);
  }
  const typical = new Map(times.map((each) => [keyOf(each), each]));
  return spans.map(({ span, depth, offsetMs }, index) => {
    const { op, status, parentSpanId, spanId = "", name, durationNs = 0n } = span;
    const time = typical.get(keyOf(span));
    return {
      id: String(span.seq),
      spanId,
      ...(parentSpanId !== undefined && { parentSpanId }),
      ...(op !== undefined && { op }),
      name,
      ...(status !== undefined && { status }),
      depth,
      offsetMs,
      durationMs: Number(durationNs) / 1e6,
      selfMs: selfTime(stretchOf(span), children.get(index) ?? []) / 1e6,
      ...(time && { typicalMs: Number(time.selfNs) / 1e6, typicalSpans: time.spans }),
    };
  });
}

const keyOf = ({ op, name }: { op?: string | null | undefined; name: string }): string =>
  JSON.stringify([op ?? null, name]);

function markOf(item: SlimItem, offsetMs: number): TraceMark {
  const { seq, kind, verdict, spanId, name, level, type, unit, value, weight, folded } = item;
  const calls = kind === "metric" ? callsOf(weight, folded) : 1;
  return {
    id: String(seq),
    kind,
    verdict,
    ...(spanId !== undefined && { spanId }),
    name,
    offsetMs,
    ...(level !== undefined && { level }),
    ...(type !== undefined && { type }),
    ...(unit !== undefined && { unit }),
    ...(value !== undefined && { value }),
    ...(calls !== 1 && { calls }),
  };
}
