import type { Kind, ReceivedItem } from "../../src/model/received-item.js";
import { NOW_MS } from "./memory-store.js";

/** An item of a trace in whole milliseconds after `NOW_MS`, as the independent computation sees it. */
export interface TraceItem {
  readonly kind: Extract<Kind, "metric" | "span" | "transaction" | "error" | "log">;
  readonly traceId: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  readonly op?: string;
  readonly name: string;
  readonly at: number;
  /** Duration of a span. */
  readonly lasts?: number;
  readonly value?: number;
  readonly isDropped?: boolean;
}

const isSpan = ({ kind }: TraceItem): boolean => kind === "span" || kind === "transaction";

/** The item as the store receives it. */
export const receivedItem = (item: TraceItem): ReceivedItem => {
  const { at, lasts, isDropped = false, kind, ...fields } = item;
  return {
    ...fields,
    kind,
    verdict: isDropped ? "dropped" : "accepted",
    notes: [],
    receivedNs: BigInt(NOW_MS) * 1_000_000n,
    timeNs: BigInt(NOW_MS + at) * 1_000_000n,
    durationNs: lasts === undefined || !isSpan(item) ? undefined : BigInt(lasts) * 1_000_000n,
    type: kind === "metric" ? "distribution" : undefined,
    weight: 1,
    attributes: {},
  };
};

export interface IndependentTrace {
  readonly traceId: string;
  readonly root: { op?: string; name: string } | undefined;
  readonly start: number;
  readonly durationMs: number;
  readonly spans: number;
  readonly errors: number;
  readonly logs: number;
  readonly metrics: number;
  /** The greatest value of each metric. */
  readonly values: Readonly<Record<string, number>>;
}

/** Sums up each trace, written from the description of the API and sharing no code with the explorer. */
export function independentTraces(items: readonly TraceItem[]): IndependentTrace[] {
  const accepted = items.filter(({ isDropped }) => isDropped !== true);
  return [...new Set(accepted.map(({ traceId }) => traceId))].map((traceId) => {
    const all = accepted.filter((item) => item.traceId === traceId);
    const spans = all.filter(isSpan);
    const timed = spans.length > 0 ? spans : all;
    const start = Math.min(...timed.map(({ at }) => at));
    const values: Record<string, number> = {};
    for (const { kind, name, value = 0 } of all)
      if (kind === "metric") values[name] = Math.max(values[name] ?? -Infinity, value);
    return {
      traceId,
      root: independentRoot(spans),
      start,
      durationMs:
        Math.max(...timed.map((item) => item.at + (isSpan(item) ? (item.lasts ?? 0) : 0))) - start,
      spans: spans.length,
      errors: all.filter(({ kind }) => kind === "error").length,
      logs: all.filter(({ kind }) => kind === "log").length,
      metrics: all.filter(({ kind }) => kind === "metric").length,
      values,
    };
  });
}

/** The first span without a parent, else the first span; the longest of those that begin together, then the first received. */
export function independentRoot(
  spans: readonly TraceItem[],
): { op?: string; name: string } | undefined {
  const tops = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  const [root] = [...(tops.length > 0 ? tops : spans)].sort(
    (a, b) => a.at - b.at || (b.lasts ?? 0) - (a.lasts ?? 0),
  );
  if (root === undefined) return undefined;
  return { ...(root.op !== undefined && { op: root.op }), name: root.name };
}

/** The self time of a span: the milliseconds in which it runs and none of its children does, counted one by one. */
export function independentSelfMs(span: TraceItem, spans: readonly TraceItem[]): number {
  const children = spans.filter(
    ({ traceId, spanId, parentSpanId }) =>
      traceId === span.traceId && parentSpanId === span.spanId && spanId !== span.spanId,
  );
  const isFree = (moment: number): boolean =>
    !children.some(({ at, lasts = 0 }) => moment >= at && moment < at + lasts);
  return Array.from({ length: span.lasts ?? 0 }, (_, index) => span.at + index).filter(isFree)
    .length;
}

/** The middle value, the lower one of two. */
export const median = (values: readonly number[]): number | undefined =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length / 2) - 1];
