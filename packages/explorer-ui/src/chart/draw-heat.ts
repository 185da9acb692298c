import type uPlot from "uplot";
import { boundsOf } from "./buckets.js";
import type { ChartState } from "./chart-state.js";
import { shadeOf } from "./heat-rows.js";
import { HEAT_STEPS, palette } from "./palette.js";

/** Draws the cells of a heat map. */
export function drawHeat(plot: uPlot, { model, heat }: ChartState): void {
  if (!heat) return;
  const { ctx, bbox } = plot;
  const shades = palette.peek().heat;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [bucket, cells] of heat.cells) {
    const { since, until } = boundsOf(model, bucket);
    const left = Math.round(plot.valToPos(since, "x", true));
    // A line of the page's colour between cells, where they are wide enough for one.
    const full = Math.round(plot.valToPos(until, "x", true)) - left;
    const width = full > 4 ? full - 1 : Math.max(1, full);
    for (const cell of cells) {
      const at = heat.rows[cell.row]?.at;
      if (at === undefined) continue;
      const top = Math.round(plot.valToPos(at + 1, "y", true));
      const height = Math.round(plot.valToPos(at, "y", true)) - top;
      ctx.fillStyle = shades[Math.round(shadeOf(heat, cell.count) * (HEAT_STEPS - 1))] ?? "";
      ctx.fillRect(left, top, width, height > 4 ? height - 1 : Math.max(1, height));
    }
  }
  ctx.restore();
}
