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

/** Returns the spans that took longer than usual, the greatest excess first. Spans that other traces lack are new. */
export function slowSpans(page: TracePage): SlowSpan[] {
  if (!page.typical) return [];
  return page.spans
    .map((span) => ({ span, excessMs: span.selfMs - (span.typicalMs ?? 0) }))
    .filter(({ excessMs }) => excessMs > 0)
    .sort((one, other) => other.excessMs - one.excessMs);
}

/** Returns the span that delayed the trace most; `undefined` when none took much longer than usual. */
export function guiltySpan(page: TracePage): SlowSpan | undefined {
  const [first] = slowSpans(page);
  if (!first || first.excessMs < NAMED.share * page.durationMs) return undefined;
  return (factorOf(first.span) ?? Infinity) >= NAMED.factor ? first : undefined;
}

/** Writes a factor with two digits, for example `6`, `5.1`, `120`. */
export const formatFactor = (factor: number): string => formatNumber(Number(factor.toPrecision(2)));
