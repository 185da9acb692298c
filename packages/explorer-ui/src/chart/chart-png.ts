import { formatValue } from "../format/value.js";
import { fitText } from "./fit-text.js";
import { openCharts } from "./open-charts.js";
import { palette } from "./palette.js";
import type { ChartState } from "./chart-state.js";

/** Sizes in CSS pixels. */
const [MARGIN, LINE, COLUMN] = [16, 22, 260];

/** Returns a chart as a PNG picture with its caption and legend. Rejects when no chart has this `id`. */
export function chartPng(id: string): Promise<Blob> {
  const chart = openCharts.get(id);
  if (!chart) return Promise.reject(new Error(`There is no chart "${id}".`));
  const picture = paint(chart.plot().ctx.canvas, chart.state());
  return new Promise((resolve, reject) => {
    picture.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("The browser did not write the picture."));
    }, "image/png");
  });
}

function paint(plot: HTMLCanvasElement, state: ChartState): HTMLCanvasElement {
  const ratio = devicePixelRatio;
  const { colour, font } = palette.peek();
  const width = plot.width / ratio;
  const columns = Math.max(1, Math.floor(width / COLUMN));
  const entries = legendOf(state);
  const captionHeight = LINE + MARGIN / 2;
  const legendHeight = Math.ceil(entries.length / columns) * LINE;
  const canvas = document.createElement("canvas");
  canvas.width = plot.width + 2 * MARGIN * ratio;
  canvas.height = plot.height + (captionHeight + legendHeight + 2.5 * MARGIN) * ratio;
  const ctx = canvas.getContext("2d");
  if (!ctx) return canvas;
  ctx.fillStyle = colour("--page");
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(plot, MARGIN * ratio, (MARGIN + captionHeight) * ratio);
  ctx.scale(ratio, ratio);
  ctx.textBaseline = "middle";
  ctx.fillStyle = colour("--text");
  ctx.font = `600 14px ${font}`;
  ctx.fillText(fitText(ctx, state.model.caption, width), MARGIN, MARGIN + LINE / 2);
  ctx.font = `12px ${font}`;
  entries.forEach(({ text, token, dash }, place) => {
    const x = MARGIN + (place % columns) * (width / columns);
    const row = Math.floor(place / columns) * LINE;
    const y = MARGIN * 1.5 + captionHeight + plot.height / ratio + row + LINE / 2;
    ctx.strokeStyle = token.startsWith("--") ? colour(token) : token;
    ctx.lineWidth = 3;
    ctx.setLineDash([...dash]);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + 22, y);
    ctx.stroke();
    ctx.fillText(fitText(ctx, text, width / columns - 36), x + 28, y);
  });
  return canvas;
}

function legendOf({ model, columns, colours, heat }: ChartState) {
  if (heat) {
    const { least, greatest } = heat.counts;
    const { heat: shades } = palette.peek();
    return [
      { text: `${least} in a cell`, token: shades[0] ?? "", dash: [] },
      { text: `${greatest} in a cell`, token: shades.at(-1) ?? "", dash: [] },
    ];
  }
  if (model.draw === "heat") return [];
  return columns.order.flatMap((place) => {
    const line = model.lines[place];
    if (!line) return [];
    const { token = "--others", dash = [] } = colours.get(line.key) ?? {};
    return [
      { text: `${formatValue(line.total, line.unit ?? model.unit)}  ${line.label}`, token, dash },
    ];
  });
}
