import type { TraceSummary } from "@spanmeter/explorer/model/trace-list";
import { formatCount } from "../format/number.js";
import { formatTime } from "../format/time.js";
import { formatMs, formatValue } from "../format/value.js";
import { Sign } from "./sign.js";
import { addressWith, change, parameters } from "../url/address.js";

interface RowProps {
  readonly id: string;
  readonly trace: TraceSummary;
  readonly unit: string | undefined;
  /** Distance from the first row, in pixels. */
  readonly top: number;
  readonly index: number;
  readonly isActive: boolean;
  readonly onSelect: () => void;
}

/** One trace in numbers. */
export function TraceTableRow({ id, trace, unit, top, index, isActive, onSelect }: RowProps) {
  const { traceId, root, start, durationMs, spans, errors, logs, metrics, value } = trace;
  const isOpen = parameters.value.trace === traceId;
  const changes = { trace: traceId, span: undefined };
  return (
    <div
      id={id}
      role="row"
      class={`trace-table-row ${isActive ? "active" : ""} ${isOpen ? "open" : ""}`}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => {
        onSelect();
        if (!event.defaultPrevented && !(event.target as Element).closest("a")) change(changes);
      }}
    >
      <span role="gridcell" class="cut">
        <a href={addressWith(changes)} tabIndex={-1} title={root?.name}>
          {root?.op && <b class="name">{root.op} </b>}
          {root ? <span class="name">{root.name}</span> : "No span yet"}
        </a>{" "}
        <span class="faint mono">{traceId.slice(0, 8)}</span>
      </span>
      <span role="gridcell" class="number">
        {formatTime(start)}
      </span>
      <span role="gridcell" class="number">
        {formatMs(durationMs)}
      </span>
      <span role="gridcell" class="number">
        {formatCount(spans)}
      </span>
      <span role="gridcell" class={`number ${errors > 0 ? "bad" : "faint"}`}>
        {errors > 0 && <Sign name="error" />}
        {formatCount(errors)}
      </span>
      <span role="gridcell" class="number">
        {formatCount(logs)}
      </span>
      <span role="gridcell" class="number">
        {formatCount(metrics)}
      </span>
      {unit !== undefined && (
        <span role="gridcell" class="number">
          {formatValue(value, unit)}
        </span>
      )}
    </div>
  );
}
