import uPlot from "uplot";
import { axesOf, valueScale } from "./axes.js";
import type { ChartState } from "./chart-state.js";
import { palette } from "./palette.js";

/** Dash of the lines of an earlier range; no other line has it. */
export const EARLIER_DASH: readonly number[] = [2, 3];
/** Room for the names of lines at their ends, in CSS pixels, and the width from which there is any. */
const LABEL_ROOM = 84;
const WIDE = 640;
/** Width below which the axis of values is smaller. */
const NARROW = 480;

/** Returns what depends on the width of a plot, in CSS pixels. */
export const layoutOf = (width: number): string => `${width >= WIDE} ${width < NARROW}`;

/** Describes a plot for the library that draws it. What changes with every answer is read from the newest state. */
export function plotOptions(
  newest: () => ChartState,
  size: { readonly width: number; readonly height: number },
  syncKey: string,
  hooks: uPlot.Hooks.Arrays,
): uPlot.Options {
  return {
    ...size,
    legend: { show: false },
    padding: [10, size.width >= WIDE ? LABEL_ROOM : 20, 0, 0],
    scales: {
      x: {
        time: true,
        range: () => {
          const { since, until } = newest().model.range;
          return [since, until];
        },
      },
      y: valueScale(newest),
    },
    axes: axesOf(newest, size.width < NARROW),
    series: [{}, ...seriesOf(newest)],
    cursor: {
      y: false,
      // Drags have meanings of their own: gestures.ts.
      drag: { x: false, y: false, setScale: false },
      bind: { mousedown: () => null, mouseup: () => null, dblclick: () => null },
      points: { size: 7, width: 0 },
      sync: { key: syncKey, scales: ["x", null], setSeries: false },
    },
    hooks,
  };
}

function seriesOf(newest: () => ChartState): uPlot.Series[] {
  const { model, columns } = newest();
  if (model.draw === "heat") return [{ scale: "y", show: true, points: { show: false } }];
  const isBar = model.draw === "bar";
  // Each stack is drawn from its top, and covers the part of the one above it that is not its own.
  const places = columns.order.toReversed();
  const earlier = Array.from({ length: columns.earlier }, (_, index): uPlot.Series => {
    const token = () => (model.draw === "line" ? tokenOf(newest(), index) : "--others");
    return {
      scale: "y",
      stroke: () => palette.peek().colour(token()),
      width: 1.25,
      alpha: 0.75,
      dash: [...EARLIER_DASH],
      points: isolated,
    };
  });
  const lines = places.map((place): uPlot.Series => {
    const stroke = () => palette.peek().colour(tokenOf(newest(), place));
    const fill = () => palette.peek().fill(tokenOf(newest(), place));
    const { key = "" } = model.lines[place] ?? {};
    return {
      scale: "y",
      stroke,
      width: isBar ? 1 : 1.75,
      dash: [...(newest().colours.get(key)?.dash ?? [])],
      points: isBar ? { show: false } : isolated,
      ...(model.draw !== "line" && { fill }),
      ...(isBar && uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.86, Infinity] }) }),
    };
  });
  // Earlier lines are over a stack, and under lines.
  return model.draw === "line" ? [...earlier, ...lines] : [...lines, ...earlier];
}

function tokenOf({ model, colours }: ChartState, place: number): string {
  if (model.draw === "heat") return "--others";
  return colours.get(model.lines[place]?.key ?? "")?.token ?? "--others";
}

/** A value between two gaps is a point: a line needs two values. */
const isolated: uPlot.Series.Points = {
  show: false,
  size: 5,
  filter: (plot, series, _isShown, _gaps) => {
    const values = plot.data[series] ?? [];
    const [first, last] = plot.series[0]?.idxs ?? [0, -1];
    const found: number[] = [];
    for (let place = first; place <= last; place += 1) {
      if (values[place] == null) continue;
      if (values[place - 1] == null && values[place + 1] == null) found.push(place);
    }
    return found.length > 0 ? found : null;
  },
};
