import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

interface VirtualOptions {
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  /** Height of each row, in pixels. */
  readonly rowHeight: number;
  /** Height of what stays above the rows, in pixels. */
  readonly headHeight?: number;
  /** The row with the focus, which stays in the document at every scroll position; -1 for none. */
  readonly active?: number;
}

interface VirtualRows {
  /** The rows to show, each with its place. */
  readonly rows: readonly VirtualItem[];
  /** Height of all rows, in pixels. */
  readonly height: number;
  /** Scrolls until a row is seen. */
  readonly show: (index: number, align?: "auto" | "center") => void;
}

/** Chooses the rows to render of a long list of rows of one height. */
export function useVirtualRows(options: VirtualOptions): VirtualRows {
  const { scroller, count, rowHeight, headHeight = 0, active = -1 } = options;
  const [, update] = useReducer<number, void>((times) => times + 1, 0);
  const settings = {
    count,
    estimateSize: () => rowHeight,
    getScrollElement: () => scroller.current,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    scrollPaddingStart: headHeight,
    overscan: 8,
    onChange: () => update(),
    rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const shown = defaultRangeExtractor(range);
      return active < 0 || active >= count || shown.includes(active) ? shown : [...shown, active];
    },
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(settings));
  virtualizer.setOptions(settings);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [rowHeight]);
  return {
    rows: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    show: (index, align = "auto") => virtualizer.scrollToIndex(index, { align }),
  };
}
