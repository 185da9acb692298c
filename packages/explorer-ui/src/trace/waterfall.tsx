import type { TracePage } from "@spanmeter/explorer/model/trace-page";
import type { RefObject } from "preact";
import { useEffect, useId } from "preact/hooks";
import { useIsNarrow } from "../parts/use-is-narrow.js";
import { useVirtualRows } from "../parts/use-virtual-rows.js";
import { go } from "../url/address.js";
import { hasChart, metricAddress } from "./metric-address.js";
import { onRowKey } from "../table/row-keys.js";
import type { Rows } from "./use-rows.js";
import { WaterfallRow } from "./waterfall-row.js";

const ROW_HEIGHT = 26;
/** With the name above the times. */
const NARROW_ROW_HEIGHT = 44;
const NARROW = 440;
const HEAD_HEIGHT = 28;
const COLUMNS = ["Span", "Time", "Duration", "Self", "×typical"];

interface WaterfallProps {
  readonly page: TracePage;
  readonly rows: Rows;
  readonly grid: RefObject<HTMLDivElement | null>;
  /** Whether typical times are drawn beside the bars. */
  readonly isCompared: boolean;
}

/** The spans of a trace over time, and in them what they recorded. Only the rows that can be seen are in the document. */
export function Waterfall({ page, rows, grid, isCompared }: WaterfallProps) {
  const id = useId();
  const { visible, place, active, collapsed, scrolls } = rows;
  const isNarrow = useIsNarrow(grid, NARROW);
  const virtual = useVirtualRows({
    scroller: grid,
    count: visible.length,
    rowHeight: isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT,
    headHeight: HEAD_HEIGHT,
    active: place,
  });
  const scrolledFor = scrolls.value;
  useEffect(() => {
    if (place >= 0) virtual.show(place);
  }, [scrolledFor]);

  function setCollapsed(isCollapsed: boolean): void {
    if (!active) return;
    const isAlready = !active.hasChildren || collapsed.has(active.key) === isCollapsed;
    if (!isAlready) rows.setCollapsed(active.key, isCollapsed);
    else if (!isCollapsed) rows.goTo(place + (active.hasChildren ? 1 : 0));
    else rows.goToParent();
  }

  return (
    <div
      ref={grid}
      class={`waterfall ${isNarrow ? "narrow" : ""}`}
      role="treegrid"
      tabIndex={0}
      aria-label="Spans and what they recorded"
      aria-rowcount={visible.length + 1}
      aria-activedescendant={active && `${id}-${active.key}`}
      onKeyDown={(event) =>
        onRowKey(event, {
          move: (by) => rows.goTo(place + by),
          open: () =>
            active?.kind === "mark" &&
            hasChart(active.mark) &&
            go(metricAddress(page, active.mark)),
          left: () => setCollapsed(true),
          right: () => setCollapsed(false),
        })
      }
      onFocus={() => place < 0 && rows.goTo(0)}
    >
      <div class="waterfall-row head" role="row" aria-rowindex={1}>
        {COLUMNS.map((each) => (
          <span key={each} role="columnheader">
            {each}
          </span>
        ))}
      </div>
      <div role="rowgroup" class="waterfall-rows" style={{ height: `${virtual.height}px` }}>
        {virtual.rows.map(({ index, start }) => {
          const row = visible[index];
          return (
            row && (
              <WaterfallRow
                key={row.key}
                id={`${id}-${row.key}`}
                row={row}
                page={page}
                top={start}
                index={index}
                isActive={index === place}
                isCollapsed={collapsed.has(row.key)}
                isCompared={isCompared}
                onSelect={() => rows.goTo(index)}
                onToggle={() => rows.setCollapsed(row.key, !collapsed.has(row.key))}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
