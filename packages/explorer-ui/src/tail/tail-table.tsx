import { useSignal } from "@preact/signals";
import type { Item } from "@spanmeter/explorer/model/item";
import { useEffect, useId, useRef } from "preact/hooks";
import { useKeys } from "../keys/use-keys.js";
import { useVirtualRows } from "../parts/use-virtual-rows.js";
import { onRowKey } from "../table/row-keys.js";
import { openTrace, TailRow } from "./tail-row.js";

const ROW_HEIGHT = 28;
const COLUMNS = ["Time", "Kind", "Name", "Value", "Attributes", "Trace"];

interface TableProps {
  /** The newest last. */
  readonly items: readonly Item[];
  readonly isPaused: boolean;
  readonly onPause: () => void;
}

/** Items in rows, the newest first. Only rows that can be seen are in the document. */
export function TailTable({ items, isPaused, onPause }: TableProps) {
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const active = useSignal<string | undefined>(undefined);
  const itemAt = (index: number): Item | undefined => items[items.length - 1 - index];
  const found =
    active.value === undefined ? -1 : items.findLastIndex((each) => each.id === active.value);
  const place = found < 0 ? -1 : items.length - 1 - found;
  const virtual = useVirtualRows({
    scroller: grid,
    count: items.length,
    rowHeight: ROW_HEIGHT,
    headHeight: ROW_HEIGHT,
    active: place,
  });
  useEffect(() => {
    if (isPaused) return;
    active.value = undefined;
    grid.current?.scrollTo({ top: 0 });
  }, [isPaused]);

  function goTo(to: number): void {
    // Rows that move could not be walked through.
    onPause();
    const index = Math.max(0, Math.min(to, items.length - 1));
    active.value = itemAt(index)?.id;
    virtual.show(index);
  }
  function walk(by: number): void {
    grid.current?.focus();
    goTo(place + by);
  }
  function open(): void {
    const item = itemAt(place);
    if (item) openTrace(item);
  }
  useKeys([
    { keys: "j", does: "Pause, next row", run: () => walk(1) },
    { keys: "k", does: "Pause, row before", run: () => walk(-1) },
    { keys: "o", does: "Open the trace", run: open },
  ]);

  return (
    <div
      ref={grid}
      class="tail-table"
      role="grid"
      tabIndex={0}
      aria-label="Items, the newest first"
      aria-rowcount={items.length + 1}
      aria-activedescendant={place < 0 ? undefined : `${id}-${active.value}`}
      onKeyDown={(event) => onRowKey(event, { move: (by) => goTo(place + by), open })}
      // Before the click, so that it is for the row that was seen.
      onPointerDown={onPause}
      onScroll={({ currentTarget }) => currentTarget.scrollTop > 0 && onPause()}
    >
      <div class="tail-row head" role="row" aria-rowindex={1}>
        {COLUMNS.map((each) => (
          <span key={each} role="columnheader">
            {each}
          </span>
        ))}
      </div>
      <div role="rowgroup" class="tail-rows" style={{ height: `${virtual.height}px` }}>
        {virtual.rows.map(({ index, start }) => {
          const item = itemAt(index);
          return (
            item && (
              <TailRow
                // By place: a row that shows another item is cheaper than another row.
                key={index}
                id={`${id}-${item.id}`}
                item={item}
                top={start}
                index={index}
                isActive={index === place}
                onSelect={() => (active.value = item.id)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
