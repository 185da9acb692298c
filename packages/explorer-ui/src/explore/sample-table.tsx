import type { Sample } from "@spanmeter/explorer/model/sample-page";
import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { useKeys } from "../keys/use-keys.js";
import { useVirtualRows } from "../parts/use-virtual-rows.js";
import { onRowKey } from "../table/row-keys.js";
import { SortHeader } from "../table/sort-header.js";
import { change } from "../url/address.js";
import { columnsOf } from "./sample-columns.js";
import { SampleRow } from "./sample-row.js";

const ROW_HEIGHT = 32;
const HEAD_HEIGHT = 34;
/** The next page is read when so few rows are left. */
const AHEAD = 40;

interface SampleTableProps {
  readonly samples: readonly Sample[];
  /** The attributes that have a column. */
  readonly keys: readonly string[];
  readonly unit: string;
  /** The value that others are compared with, and its name; absent where values have none. */
  readonly typical: { readonly name: string; readonly value: number } | undefined;
  readonly hasMore: boolean;
  readonly lit: string | undefined;
  readonly onPoint: (id: string | undefined) => void;
  readonly onEnd: () => void;
}

/** Samples in rows, of which only those that can be seen are in the document. */
export function SampleTable(props: SampleTableProps) {
  const { samples, keys, unit, typical, hasMore, lit, onPoint, onEnd } = props;
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const active = useSignal<string | undefined>(undefined);
  const place = samples.findIndex((each) => each.id === active.value);
  const virtual = useVirtualRows({
    scroller: grid,
    count: samples.length,
    rowHeight: ROW_HEIGHT,
    headHeight: HEAD_HEIGHT,
    active: place,
  });
  const last = Math.max(0, ...virtual.rows.map(({ index }) => (index === place ? 0 : index)));
  useEffect(() => {
    if (hasMore && last >= samples.length - AHEAD) onEnd();
  }, [hasMore, last, samples.length]);

  function goTo(to: number): void {
    const index = Math.max(0, Math.min(to, samples.length - 1));
    const sample = samples[index];
    active.value = sample?.id;
    onPoint(sample?.id);
    virtual.show(index);
  }
  function walk(by: number): void {
    grid.current?.focus();
    goTo(place + by);
  }
  function open(sample: Sample | undefined): void {
    if (sample?.traceId) change({ trace: sample.traceId, span: sample.id });
  }
  useKeys([
    { keys: "j", does: "Next row", run: () => walk(1) },
    { keys: "k", does: "Row before", run: () => walk(-1) },
    { keys: "o", does: "Open the trace of the row", run: () => open(samples[place]) },
  ]);
  return (
    <div
      ref={grid}
      class="sample-table"
      role="grid"
      tabIndex={0}
      aria-label="Samples"
      aria-rowcount={hasMore ? -1 : samples.length + 1}
      aria-activedescendant={place < 0 ? undefined : `${id}-${active.value}`}
      onFocus={({ target, currentTarget }) => target === currentTarget && place < 0 && goTo(0)}
      onMouseLeave={() => onPoint(undefined)}
      onKeyDown={(event) =>
        onRowKey(event, { move: (by) => goTo(place + by), open: () => open(samples[place]) })
      }
    >
      <div class="sample-row head" role="row" aria-rowindex={1} style={columnsOf(keys)}>
        <SortHeader label="Time" sort="time" />
        <SortHeader label="Value" sort="value" />
        <span role="columnheader">{`× ${typical?.name ?? "usual"}`}</span>
        {keys.map((key) => (
          <span key={key} role="columnheader" class="cut name">
            {key}
          </span>
        ))}
        <SortHeader label="Spans" sort="spans" />
        <SortHeader label="Logs" sort="logs" />
        <SortHeader label="Errors" sort="errors" />
      </div>
      <div role="rowgroup" class="sample-rows" style={{ height: `${virtual.height}px` }}>
        {virtual.rows.map(({ index, start }) => {
          const sample = samples[index];
          return (
            sample && (
              <SampleRow
                key={sample.id}
                id={`${id}-${sample.id}`}
                sample={sample}
                keys={keys}
                unit={unit}
                typical={typical?.value}
                top={start}
                index={index}
                isActive={index === place}
                isLit={sample.id === lit}
                onPoint={() => onPoint(sample.id)}
                onOpen={() => {
                  active.value = sample.id;
                  open(sample);
                }}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
