import type { Sample } from "@spanmeter/explorer/model/sample-page";
import { formatCount, formatNumber } from "../format/number.js";
import { formatTime } from "../format/time.js";
import { formatValue } from "../format/value.js";
import { columnsOf } from "./sample-columns.js";

interface SampleRowProps {
  readonly id: string;
  readonly sample: Sample;
  readonly keys: readonly string[];
  readonly unit: string;
  /** The value that this one is compared with. */
  readonly typical: number | undefined;
  /** Distance from the first row, in pixels. */
  readonly top: number;
  readonly index: number;
  readonly isActive: boolean;
  readonly isLit: boolean;
  readonly onPoint: () => void;
  readonly onOpen: () => void;
}

/** One item of a metric. */
export function SampleRow(props: SampleRowProps) {
  const { id, sample, keys, unit, typical, top, index, isActive, isLit, onPoint, onOpen } = props;
  const { time, value, attributes, trace, traceId, verdict } = sample;
  const times = value !== undefined && typical ? value / typical : undefined;
  return (
    <div
      id={id}
      role="row"
      class={`sample-row ${isActive ? "active" : ""} ${isLit ? "lit" : ""} ${traceId ? "" : "bare"}`}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      data-id={sample.id}
      style={{ ...columnsOf(keys), transform: `translateY(${top}px)` }}
      onMouseEnter={onPoint}
      onClick={onOpen}
    >
      <span role="gridcell">{formatTime(time)}</span>
      <span role="gridcell" class="number" data-value={value}>
        {formatValue(value, unit)}
        {verdict !== "accepted" && <span class="warn"> {verdict}</span>}
      </span>
      <span
        role="gridcell"
        class={`number ${times !== undefined && times >= 2 ? "warn" : "faint"}`}
      >
        {times !== undefined && `×${formatNumber(times)}`}
      </span>
      {keys.map((key) => (
        <span key={key} role="gridcell" class="cut name" title={textOf(attributes[key])}>
          {textOf(attributes[key])}
        </span>
      ))}
      <span role="gridcell" class="number">
        {trace ? formatCount(trace.spans) : <span class="faint">no trace</span>}
      </span>
      <span role="gridcell" class="number">
        {trace && formatCount(trace.logs)}
      </span>
      <span role="gridcell" class={`number ${trace && trace.errors > 0 ? "bad" : ""}`}>
        {trace && formatCount(trace.errors)}
      </span>
    </div>
  );
}

const textOf = (value: unknown): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
