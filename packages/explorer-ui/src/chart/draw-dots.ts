import type uPlot from "uplot";
import type { ChartState, PlacedDot } from "./chart-state.js";
import { palette } from "./palette.js";

const RADIUS = 3.5;

/** Draws the dots: at their value in the colour of their line, or as a triangle at the edge beyond which it is. */
export function drawDots({ ctx, bbox }: uPlot, { dots, colours, heat }: ChartState): void {
  const { colour } = palette.peek();
  const ratio = devicePixelRatio;
  ctx.save();
  // The dash of the line that was drawn last is still set.
  ctx.setLineDash([]);
  for (const placed of dots) {
    const x = bbox.left + placed.x * ratio;
    const y = bbox.top + placed.y * ratio;
    const token = heat ? "--accent" : (colours.get(placed.dot.line)?.token ?? "--others");
    ctx.beginPath();
    shape(ctx, placed, x, y, ratio);
    // A rim of the page's colour sets dots apart from lines and from each other.
    ctx.lineWidth = 3 * ratio;
    ctx.strokeStyle = colour("--page");
    ctx.stroke();
    ctx.fillStyle = colour(token);
    ctx.fill();
    if (placed.dot.errors === 0) continue;
    ctx.beginPath();
    ctx.arc(x, y, (RADIUS + 3.5) * ratio, 0, 2 * Math.PI);
    ctx.lineWidth = 1.75 * ratio;
    ctx.strokeStyle = colour("--bad");
    ctx.stroke();
  }
  ctx.restore();
}

function shape(
  ctx: CanvasRenderingContext2D,
  { edge }: PlacedDot,
  x: number,
  y: number,
  ratio: number,
): void {
  if (!edge) return ctx.arc(x, y, RADIUS * ratio, 0, 2 * Math.PI);
  const tip = (edge === "above" ? -5 : 5) * ratio;
  ctx.moveTo(x, y + tip);
  ctx.lineTo(x + 5 * ratio, y - tip * 0.8);
  ctx.lineTo(x - 5 * ratio, y - tip * 0.8);
  ctx.closePath();
}
