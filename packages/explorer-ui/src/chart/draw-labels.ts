import type uPlot from "uplot";
import { isPartial } from "./buckets.js";
import type { ChartState } from "./chart-state.js";
import { fitText } from "./fit-text.js";
import { palette } from "./palette.js";

/** Height of a name at the end of a line, in CSS pixels. */
const LABEL_HEIGHT = 14;

/** Writes the name of each line at its end, as far as there is room. */
export function drawLabels(plot: uPlot, state: ChartState): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const left = bbox.left + bbox.width + 8 * ratio;
  const width = ctx.canvas.width - left - 2 * ratio;
  const step = LABEL_HEIGHT * ratio;
  const labels = lineEnds(plot, state);
  if (width < 40 * ratio || labels.length * step > bbox.height) return;
  const { colour, font } = palette.peek();
  ctx.save();
  ctx.font = `${11 * ratio}px ${font}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  let free = bbox.top + step / 2;
  const lowest = bbox.top + bbox.height - step / 2;
  labels.forEach(({ label, token, y }, place) => {
    // Each leaves room for those below it.
    const at = Math.min(Math.max(y, free), lowest - (labels.length - 1 - place) * step);
    free = at + step;
    ctx.fillStyle = colour(token);
    ctx.fillRect(left - 5 * ratio, at - step * 0.3, 2 * ratio, step * 0.6);
    ctx.fillStyle = colour("--text");
    ctx.fillText(fitText(ctx, label, width), left, at);
  });
  ctx.restore();
}

function lineEnds(plot: uPlot, { model, columns, colours }: ChartState) {
  if (model.draw === "heat") return [];
  const ends = columns.order.flatMap((place, rank) => {
    const line = model.lines[place];
    const heights = columns.heights[place] ?? [];
    const last = heights.findLastIndex(
      (height, bucket) => height !== null && !isPartial(model, bucket),
    );
    const height = heights[last] ?? null;
    if (!line || height === null) return [];
    const below = model.draw === "line" ? undefined : columns.order[rank - 1];
    const base = below === undefined ? 0 : (columns.heights[below]?.[last] ?? 0);
    const at = model.draw === "line" ? height : (height + base) / 2;
    const { token = "--others" } = colours.get(line.key) ?? {};
    return [{ label: line.label, token, y: plot.valToPos(at, "y", true) }];
  });
  return ends.toSorted((one, other) => one.y - other.y);
}
