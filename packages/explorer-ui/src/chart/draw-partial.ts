import type uPlot from "uplot";
import { boundsOf, isPartial } from "./buckets.js";
import type { ChartState } from "./chart-state.js";
import { palette } from "./palette.js";

/** Distance between the lines of the hatching, in CSS pixels. */
const HATCH = 6;

/** Hatches the buckets of which the range covers only a part. */
export function drawPartial(plot: uPlot, { model }: ChartState): void {
  const { ctx, bbox } = plot;
  const step = HATCH * devicePixelRatio;
  for (const bucket of new Set([0, model.times.length - 1])) {
    if (!isPartial(model, bucket)) continue;
    const { since, until } = boundsOf(model, bucket);
    const left = plot.valToPos(since, "x", true);
    const width = plot.valToPos(until, "x", true) - left;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, bbox.top, width, bbox.height);
    ctx.clip();
    ctx.setLineDash([]);
    ctx.strokeStyle = palette.peek().colour("--axis");
    ctx.globalAlpha = 0.4;
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    for (let x = left - bbox.height; x < left + width; x += step) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
  }
}

/**
 * Draws the values of partial buckets: each is a short dashed level that does not join the line. A point of the line
 * would look like a dip, and leaving it out would hide what has just arrived.
 */
export function drawLevels(plot: uPlot, { model, columns, colours }: ChartState): void {
  if (model.draw === "heat") return;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.setLineDash([3 * devicePixelRatio, 2 * devicePixelRatio]);
  for (const bucket of new Set([0, model.times.length - 1])) {
    if (!isPartial(model, bucket)) continue;
    const { since, until } = boundsOf(model, bucket);
    for (const place of columns.order) {
      const height = columns.heights[place]?.[bucket] ?? null;
      if (height === null) continue;
      // The axis is that of whole buckets: a value beyond it is at its edge.
      const y = Math.min(
        bbox.top + bbox.height - ctx.lineWidth,
        Math.max(bbox.top + ctx.lineWidth, plot.valToPos(height, "y", true)),
      );
      ctx.strokeStyle = palette
        .peek()
        .colour(colours.get(model.lines[place]?.key ?? "")?.token ?? "--others");
      ctx.beginPath();
      ctx.moveTo(plot.valToPos(since, "x", true), y);
      ctx.lineTo(plot.valToPos(until, "x", true), y);
      ctx.stroke();
    }
  }
  ctx.restore();
}
