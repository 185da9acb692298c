import type uPlot from "uplot";
import type { ChartState, PlacedDot } from "./chart-state.js";
import { positionOf } from "./heat-rows.js";

/** Distance at which the pointer hits a dot, in CSS pixels. */
const REACH = 9;
/** Distance of a dot beyond the edge from that edge, in CSS pixels. */
const INSET = 6;

/** Returns the dots of the range with their places, from left to right. */
export function placeDots(plot: uPlot, { model, heat }: ChartState): PlacedDot[] {
  const { min, max } = plot.scales["y"] ?? {};
  const height = plot.bbox.height / devicePixelRatio;
  if (min === undefined || max === undefined) return [];
  const { since, until } = model.range;
  return model.dots
    .filter(({ time }) => time >= since && time <= until)
    .map((dot): PlacedDot => {
      const x = plot.valToPos(dot.time, "x");
      const at = heat ? positionOf(heat, dot.value) : dot.value;
      if (at > max) return { dot, x, y: INSET, edge: "above" };
      if (at < min) return { dot, x, y: height - INSET, edge: "below" };
      return { dot, x, y: plot.valToPos(at, "y"), edge: undefined };
    })
    .toSorted((one, other) => one.x - other.x);
}

/** Returns the nearest dot within reach of a point of the plotting area. */
export function dotAt(dots: readonly PlacedDot[], x: number, y: number): PlacedDot | undefined {
  let nearest: PlacedDot | undefined;
  let distance = REACH;
  for (let place = firstFrom(dots, x - REACH); place < dots.length; place += 1) {
    const dot = dots[place];
    if (!dot || dot.x > x + REACH) break;
    const found = Math.hypot(dot.x - x, dot.y - y);
    if (found <= distance) [nearest, distance] = [dot, found];
  }
  return nearest;
}

/** Returns the nearest dot, at any distance. */
export function nearestDot(dots: readonly PlacedDot[], x: number, y: number) {
  const distance = (dot: PlacedDot) => Math.hypot(dot.x - x, dot.y - y);
  return dots.reduce<PlacedDot | undefined>(
    (nearest, dot) => (nearest && distance(nearest) <= distance(dot) ? nearest : dot),
    undefined,
  );
}

/** Bisects for the first dot that is not left of `x`. */
function firstFrom(dots: readonly PlacedDot[], x: number): number {
  let low = 0;
  let high = dots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dots[middle]?.x ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
