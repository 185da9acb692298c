import type { PageSpan, TracePage } from "@spanmeter/explorer/model/trace-page";
import { formatNumber } from "../format/number.js";

/** A span that took longer than usual. */
export interface SlowSpan {
  readonly span: PageSpan;
  /** Self time beyond the typical one, in milliseconds. */
  readonly excessMs: number;
}

/** From this factor on a time is shown as unusual. */
export const UNUSUAL = 2;
/** Below this factor, or this share of the trace, no span is named as the reason. */
const NAMED = { factor: 1.5, share: 0.05 };

/** Returns how many times its typical self time a span took; `undefined` when it has none. */
export const factorOf = ({ selfMs, typicalMs }: PageSpan): number | undefined =>
  typicalMs ? selfMs / typicalMs : undefined;

/** Whether most of the other traces with this root do not have a span like this one. */
export const isRare = ({ typicalSpans = 0 }: PageSpan, { typical }: TracePage): boolean =>
  typical !== undefined && typicalSpans < typical.traces / 2;

/**
 * Returns the spans that took longer than usual, the greatest excess first, at most so many. A rare span usually takes no
 * time. Middleware that waits for the rest of a request is often a sibling of that rest, and then is left out: what it waited
 * for is there.
 */
export function slowSpans(page: TracePage, most: number): SlowSpan[] {
  if (!page.typical) return [];
  const siblings = byParent(page.spans);
  const all = page.spans
    .map((span) => ({
      span,
      excessMs: span.selfMs - (isRare(span, page) ? 0 : (span.typicalMs ?? 0)),
    }))
    .filter(({ excessMs }) => excessMs > 0)
    .sort((one, other) => other.excessMs - one.excessMs);
  const found: SlowSpan[] = [];
  for (const slow of all) {
    if (found.length >= most) break;
    if (!waitsForAny(slow.span, siblings.get(slow.span.parentSpanId) ?? [])) found.push(slow);
  }
  return found;
}

/** Returns the span that delayed the trace most; `undefined` when none took much longer than usual. */
export function guiltySpan(page: TracePage): SlowSpan | undefined {
  const [first] = slowSpans(page, 1);
  if (!first || first.excessMs < NAMED.share * page.durationMs) return undefined;
  const isUnusual = isRare(first.span, page) || (factorOf(first.span) ?? Infinity) >= NAMED.factor;
  return isUnusual ? first : undefined;
}

function byParent(
  spans: readonly PageSpan[],
): ReadonlyMap<string | undefined, readonly PageSpan[]> {
  const groups = new Map<string | undefined, PageSpan[]>();
  for (const span of spans) {
    const group = groups.get(span.parentSpanId);
    if (group) group.push(span);
    else groups.set(span.parentSpanId, [span]);
  }
  return groups;
}

const waitsForAny = (span: PageSpan, siblings: readonly PageSpan[]): boolean =>
  siblings.some(
    (other) =>
      other.offsetMs > span.offsetMs &&
      other.offsetMs + other.durationMs <= span.offsetMs + span.durationMs &&
      other.durationMs > span.selfMs / 2,
  );

/** Writes a factor with two digits, for example `6`, `5.1`, `120`. */
export const formatFactor = (factor: number): string => formatNumber(Number(factor.toPrecision(2)));
