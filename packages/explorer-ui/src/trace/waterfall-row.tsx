import type { PageSpan, TracePage } from "@spanmeter/explorer/model/trace-page";
import { formatMs } from "../format/value.js";
import { factorOf, formatFactor, UNUSUAL } from "./excess.js";
import { hasChart, metricAddress } from "./metric-address.js";
import { MarkName, MarkPlace } from "./mark-cells.js";
import { Sign } from "./sign.js";
import { hasFailed, SpanBar } from "./span-bar.js";
import type { TraceRow } from "./trace-rows.js";

/** Deeper rows are not indented further, so that their names keep some room. */
const MAX_INDENT = 14;
const INDENT = 12;

interface RowProps {
  readonly id: string;
  readonly row: TraceRow;
  readonly page: TracePage;
  /** Distance from the first row, in pixels. */
  readonly top: number;
  readonly index: number;
  readonly isActive: boolean;
  readonly isCollapsed: boolean;
  readonly isCompared: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}

/** One row of the waterfall. */
export function WaterfallRow(props: RowProps) {
  const { id, row, page, top, index, isActive, isCollapsed, onSelect, onToggle } = props;
  return (
    <div
      id={id}
      class={`waterfall-row ${isActive ? "active" : ""}`}
      role="row"
      aria-level={row.depth + 1}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      aria-expanded={row.hasChildren ? !isCollapsed : undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
    >
      <span
        role="gridcell"
        class="waterfall-name"
        style={{ paddingInlineStart: `${Math.min(row.depth, MAX_INDENT) * INDENT}px` }}
      >
        <span class="toggle" aria-hidden="true" onClick={onToggle}>
          {row.hasChildren && <Sign name={isCollapsed ? "closed" : "open"} />}
        </span>
        {row.depth > MAX_INDENT && <span class="faint">{row.depth}</span>}
        {row.kind === "span" && <SpanName span={row.span} />}
        {row.kind === "missing" && <Missing spanId={row.spanId} />}
        {row.kind === "mark" && (
          <MarkName
            mark={row.mark}
            address={hasChart(row.mark) ? metricAddress(page, row.mark) : undefined}
          />
        )}
      </span>
      <span role="gridcell" class="waterfall-time">
        {row.kind === "span" && <SpanBar {...props} span={row.span} />}
        {row.kind === "mark" && <MarkPlace mark={row.mark} page={page} />}
      </span>
      {row.kind === "span" ? <SpanTimes span={row.span} /> : <NoTimes />}
    </div>
  );
}

const SpanName = ({ span }: { span: PageSpan }) => (
  <span class="cut" title={span.name}>
    {hasFailed(span) && <span class="tag bad name">{span.status} </span>}
    {span.op && <b class="name">{span.op}</b>} <span class="name">{span.name}</span>
  </span>
);

const Missing = ({ spanId }: { spanId: string | undefined }) => (
  <span class="cut faint">
    {spanId ? (
      <>
        Not received yet: span <span class="mono">{spanId}</span>
      </>
    ) : (
      "In no span"
    )}
  </span>
);

function SpanTimes({ span }: { span: PageSpan }) {
  const factor = factorOf(span);
  const isUnusual = factor !== undefined && factor >= UNUSUAL;
  return (
    <>
      <span role="gridcell" class="number">
        {formatMs(span.durationMs)}
      </span>
      <span role="gridcell" class="number">
        {formatMs(span.selfMs)}
      </span>
      <span role="gridcell" class={`number ${isUnusual ? "unusual" : "faint"}`}>
        {factor !== undefined && (
          <span title={`Typically ${formatMs(span.typicalMs ?? 0)} in ${span.typicalSpans} spans`}>
            ×{formatFactor(factor)}
            <span class="unseen"> typical</span>
          </span>
        )}
      </span>
    </>
  );
}

const NoTimes = () => (
  <>
    <span role="gridcell" />
    <span role="gridcell" />
    <span role="gridcell" />
  </>
);
