import type { Item } from "@spanmeter/explorer/model/item";
import { METRIC_TYPES } from "@spanmeter/explorer/model/metric";
import { addressOf, change, parameters } from "../url/address.js";
import {
  attributesText,
  kindText,
  nameText,
  notesText,
  timeText,
  toneOf,
  valueText,
} from "./item-text.js";

interface RowProps {
  readonly id: string;
  readonly item: Item;
  /** Distance from the first row, in pixels. */
  readonly top: number;
  readonly index: number;
  readonly isActive: boolean;
  readonly onSelect: () => void;
}

/** Opens the trace of an item at its place in it. */
export function openTrace({ traceId, kind, spanId, id }: Item): void {
  if (traceId === undefined) return;
  const isSpan = kind === "span" || kind === "transaction";
  change({ trace: traceId, span: (isSpan ? spanId : undefined) ?? id });
}

/** One item. */
export function TailRow({ id, item, top, index, isActive, onSelect }: RowProps) {
  const { traceId, verdict } = item;
  const isOpen = traceId !== undefined && parameters.value.trace === traceId;
  return (
    <div
      id={id}
      role="row"
      class={`tail-row ${isActive ? "active" : ""} ${isOpen ? "open" : ""}`}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
    >
      <span role="gridcell" class="mono faint">
        {timeText(item)}
      </span>
      <span role="gridcell" class={`cut name ${toneOf(item)}`}>
        {kindText(item)}
      </span>
      <span role="gridcell" class="cut name">
        <Name item={item} />
      </span>
      <span role="gridcell" class="cut number">
        {valueText(item)}
      </span>
      <span role="gridcell" class="cut">
        {verdict !== "accepted" && (
          <>
            <b class={verdict === "dropped" ? "bad" : "warn"}>{verdict}</b>{" "}
            <span class="name">{notesText(item)}</span>{" "}
          </>
        )}
        <span class="name faint">{attributesText(item)}</span>
      </span>
      <span role="gridcell">
        {traceId !== undefined && (
          <button
            type="button"
            class="plain mono"
            tabIndex={-1}
            aria-label={`Open the trace ${traceId.slice(0, 8)}`}
            onClick={() => openTrace(item)}
          >
            {traceId.slice(0, 8)}
          </button>
        )}
      </span>
    </div>
  );
}

/** The name of an item. A metric that Sentry stores has a chart. */
function Name({ item }: { item: Item }) {
  const { kind, verdict, name, type, unit } = item;
  if (kind !== "metric" || verdict === "dropped") return <>{nameText(item)}</>;
  const address = addressOf(
    { at: "metric", name },
    { type: METRIC_TYPES.find((each) => each === type), unit: unit ?? "none" },
  );
  return (
    <a href={address} tabIndex={-1}>
      {nameText(item)}
    </a>
  );
}
