import type uPlot from "uplot";
import type { Box } from "../url/box.js";
import { boundsOf, isoOf } from "./buckets.js";
import type { ChartActions, ChartModel } from "./chart-model.js";
import type { ChartState } from "./chart-state.js";
import type { Area, DragKind } from "./gestures.js";
import { valueAt } from "./heat-rows.js";

/** Does what a drag means. */
export function select(
  plot: uPlot,
  { heat }: ChartState,
  actions: ChartActions,
  kind: DragKind,
  { left, top, width, height }: Area,
): void {
  const since = plot.posToVal(left, "x");
  const until = plot.posToVal(left + width, "x");
  if (kind === "zoom") return actions.onZoom({ since, until });
  const strip = { since: isoOf(since), until: isoOf(until) };
  if (kind === "strip" || !heat) return actions.onBox(strip);
  actions.onBox({
    ...strip,
    min: valueAt(heat, plot.posToVal(top + height, "y")),
    max: valueAt(heat, plot.posToVal(top, "y")),
  });
}

/** Returns the strip from one bucket to another, both included, in either order. */
export function stripOf(model: ChartModel, one: number, other: number): Box {
  const { since } = boundsOf(model, Math.min(one, other));
  const { until } = boundsOf(model, Math.max(one, other));
  return { since: isoOf(since), until: isoOf(until) };
}

/** Shows the strip from one bucket to another before it is marked. */
export function previewStrip(plot: uPlot, model: ChartModel, one: number, other: number): void {
  const within = (x: number) => Math.min(plot.over.clientWidth, Math.max(0, x));
  const left = within(plot.valToPos(boundsOf(model, Math.min(one, other)).since, "x"));
  const right = within(plot.valToPos(boundsOf(model, Math.max(one, other)).until, "x"));
  plot.setSelect({ left, top: 0, width: right - left, height: plot.over.clientHeight }, false);
}

/** Removes the preview. */
export const clearPreview = (plot: uPlot): void =>
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
