import type { PageSpan, TracePage } from "@spanmeter/explorer/model/trace-page";
import { factorOf, UNUSUAL } from "./excess.js";

interface BarProps {
  readonly span: PageSpan;
  readonly page: TracePage;
  readonly isCompared: boolean;
}

const GOOD = new Set(["ok", "unset", "success"]);

/** Whether the status of a span says that it failed. */
export const hasFailed = ({ status }: PageSpan): boolean =>
  status !== undefined && !GOOD.has(status);

/** The time of a span in its trace. Compared, its own time is full, and below it is the typical one. */
export function SpanBar({ span, page, isCompared }: BarProps) {
  const whole = page.durationMs || 1;
  const percent = (ms: number): string => `${Math.min(100, (ms / whole) * 100)}%`;
  const insetInlineStart = percent(span.offsetMs);
  const isUnusual = (factorOf(span) ?? 0) >= UNUSUAL;
  const tone = hasFailed(span) ? "failed" : isUnusual ? "slow" : "";
  if (!isCompared)
    return (
      <span class={`bar ${tone}`} style={{ insetInlineStart, width: percent(span.durationMs) }} />
    );
  return (
    <>
      <span class="bar hollow" style={{ insetInlineStart, width: percent(span.durationMs) }} />
      <span class={`bar own ${tone}`} style={{ insetInlineStart, width: percent(span.selfMs) }} />
      {span.typicalMs !== undefined && (
        <span class="bar usual" style={{ insetInlineStart, width: percent(span.typicalMs) }} />
      )}
    </>
  );
}
