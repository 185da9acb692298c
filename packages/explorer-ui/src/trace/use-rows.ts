import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { TracePage } from "@spanmeter/explorer/model/trace-page";
import { useMemo } from "preact/hooks";
import { buildRows, findRow, parentPlace, visibleRows, type TraceRow } from "./trace-rows.js";

/** The rows of a waterfall, the visible ones among them, and the active one. */
export interface Rows {
  readonly all: readonly TraceRow[];
  /** Those that no collapsed row hides. */
  readonly visible: readonly TraceRow[];
  readonly collapsed: ReadonlySet<string>;
  /** Place of the active row in `visible`; -1 when there is none. */
  readonly place: number;
  readonly active: TraceRow | undefined;
  /** Changes when the active row shall be scrolled to. */
  readonly scrolls: ReadonlySignal<number>;
  /** Goes to a place in `visible`, or to the nearest there is. */
  goTo(place: number): void;
  /** Goes to the row that the active one belongs to. */
  goToParent(): void;
  /** Goes to the row of a span or item, and opens the rows around it. Returns whether there is one. */
  find(id: string): boolean;
  setCollapsed(key: string, isCollapsed: boolean): void;
}

/** Keeps the state of the rows of a trace, also while newer answers bring further rows. */
export function useRows(page: TracePage): Rows {
  const collapsed = useSignal<ReadonlySet<string>>(new Set());
  const activeKey = useSignal<string | undefined>(undefined);
  const scrolls = useSignal(0);
  const all = useMemo(() => buildRows(page), [page]);
  const visible = useMemo(() => visibleRows(all, collapsed.value), [all, collapsed.value]);
  const key = activeKey.value;
  const place = useMemo(
    () => (key === undefined ? -1 : visible.findIndex((row) => row.key === key)),
    [visible, key],
  );

  function activate(row: TraceRow | undefined): void {
    if (!row) return;
    activeKey.value = row.key;
    scrolls.value++;
  }
  function find(id: string): boolean {
    const row = findRow(all, id);
    if (!row) return false;
    const opened = new Set(collapsed.peek());
    for (let at = parentPlace(all, all.indexOf(row)); at >= 0; at = parentPlace(all, at))
      opened.delete(all[at]?.key ?? "");
    if (opened.size < collapsed.peek().size) collapsed.value = opened;
    activate(row);
    return true;
  }
  function setCollapsed(which: string, isCollapsed: boolean): void {
    const changed = new Set(collapsed.peek());
    if (isCollapsed) changed.add(which);
    else changed.delete(which);
    collapsed.value = changed;
  }
  return {
    all,
    visible,
    collapsed: collapsed.value,
    place,
    active: visible[place],
    scrolls,
    goTo: (to) => activate(visible[Math.max(0, Math.min(to, visible.length - 1))]),
    goToParent: () => activate(visible[parentPlace(visible, place)]),
    find,
    setCollapsed,
  };
}
