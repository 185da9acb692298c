import type uPlot from "uplot";
import type { ChartState } from "./chart-state.js";
import { positionOf } from "./heat-rows.js";
import { fitText } from "./fit-text.js";
import { palette } from "./palette.js";

/** Shades the marked strips and the selection. */
export function drawMarks(plot: uPlot, state: ChartState): void {
  const { ctx } = plot;
  ctx.save();
  ctx.setLineDash([]);
  for (const { token, ...area } of areasOf(plot, state)) {
    const { colour } = palette.peek();
    const { left, top, width, height } = area;
    ctx.globalAlpha = 0.16;
    ctx.fillStyle = colour(token);
    ctx.fillRect(left, top, width, height);
    ctx.globalAlpha = 1;
    // Two lines: one of them is visible on every shade of a heat map.
    for (const [stroke, lineWidth] of [
      [colour("--page"), 4],
      [colour(token), 1.5],
    ] as const) {
      ctx.strokeStyle = stroke;
      ctx.lineWidth = lineWidth * devicePixelRatio;
      if (state.heat || stroke !== colour("--page")) ctx.strokeRect(left, top, width, height);
    }
  }
  ctx.restore();
}

/** Writes the labels of the marked strips and of the selection. */
export function drawMarkLabels(plot: uPlot, state: ChartState): void {
  const { ctx } = plot;
  ctx.save();
  ctx.setLineDash([]);
  for (const { label, left, top, height } of areasOf(plot, state)) {
    drawLabel(plot, label, left + 4 * devicePixelRatio, top + height - 5 * devicePixelRatio);
  }
  ctx.restore();
}

function areasOf(plot: uPlot, { model: { strips, box }, heat }: ChartState) {
  const place = (value: number) => (heat ? positionOf(heat, value) : value);
  const selection: Mark[] = box
    ? [
        {
          since: Date.parse(box.since) / 1000,
          until: Date.parse(box.until) / 1000,
          label: "Selection",
          token: "--accent",
          ...(box.min !== undefined && { low: place(box.min) }),
          ...(box.max !== undefined && { high: place(box.max) }),
        },
      ]
    : [];
  const marks: Mark[] = [...strips.map((strip) => ({ ...strip, token: "--warn" })), ...selection];
  return marks.flatMap((mark) => areaOf(plot, mark));
}

interface Mark {
  readonly since: number;
  readonly until: number;
  /** Places on the axis of values; absent in a strip. */
  readonly low?: number;
  readonly high?: number;
  readonly label: string;
  readonly token: string;
}

/** In canvas pixels; nothing where it is out of the range. */
function areaOf(plot: uPlot, { since, until, low, high, label, token }: Mark) {
  const { bbox } = plot;
  const left = Math.max(bbox.left, plot.valToPos(since, "x", true));
  const right = Math.min(bbox.left + bbox.width, plot.valToPos(until, "x", true));
  const bottom = bbox.top + bbox.height;
  const within = (y: number) => Math.min(bottom, Math.max(bbox.top, y));
  const top = high === undefined ? bbox.top : within(plot.valToPos(high, "y", true));
  const end = low === undefined ? bottom : within(plot.valToPos(low, "y", true));
  return right > left ? [{ left, top, width: right - left, height: end - top, label, token }] : [];
}

/** The page's colour around the text keeps it readable on lines and cells. */
function drawLabel({ ctx, bbox }: uPlot, label: string, x: number, y: number): void {
  const { colour, font } = palette.peek();
  ctx.font = `${11 * devicePixelRatio}px ${font}`;
  const text = fitText(ctx, label, bbox.left + bbox.width - x);
  ctx.textAlign = "left";
  ctx.textBaseline = "bottom";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4 * devicePixelRatio;
  ctx.strokeStyle = colour("--page");
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour("--text");
  ctx.fillText(text, x, y);
}
