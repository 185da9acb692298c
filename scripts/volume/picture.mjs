// Draws how far estimates are off the true value as an SVG picture: a row for reservoirs by size, and one for samples by
// rate, with a chart for each aggregate.
const AGGREGATES = ["p50", "p95", "p99", "sum", "count"];
const CHART = { width: 168, height: 170, gap: 22, left: 76, top: 78, rowGap: 92 };
/** The vertical axis ends here, as a share of the true value. */
const LIMIT = 0.6;
const TICKS = [-0.5, -0.25, 0, 0.25, 0.5];
const COLOURS = { band: "#c4b5fd", middle: "#6d28d9", grid: "#e4e4e7", text: "#3f3f46" };

const escapeXml = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const text = (x, y, content, attributes = "") =>
  `<text x="${x}" y="${y}" ${attributes}>${escapeXml(content)}</text>`;
const line = (x1, y1, x2, y2, attributes) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${attributes}/>`;
const round = (number) => Math.round(number * 10) / 10;
const signed = (share) => `${share > 0 ? "+" : ""}${share * 100} %`;

/** The place of an error on the vertical axis of a chart; those beyond its end are drawn at the end. */
function heightOf(share) {
  const inside = Math.max(-LIMIT, Math.min(LIMIT, share));
  return round(CHART.height * (0.5 - inside / (2 * LIMIT)));
}

function drawGrid(isFirst) {
  return TICKS.flatMap((tick) => {
    const y = heightOf(tick);
    const stroke =
      tick === 0 ? `stroke="#71717a" stroke-dasharray="4 3"` : `stroke="${COLOURS.grid}"`;
    const label = tick === 0 ? "true value" : signed(tick);
    return [
      line(0, y, CHART.width, y, stroke),
      isFirst ? text(-6, y + 4, label, `text-anchor="end"`) : "",
    ];
  });
}

function drawBars(policies, aggregate) {
  const step = CHART.width / policies.length;
  return policies.flatMap(({ label, spreads }, place) => {
    const { low, middle, high } = spreads[aggregate];
    const x = round(step * (place + 0.5));
    const [top, bottom] = [heightOf(high), heightOf(low)];
    return [
      `<rect x="${x - 6}" y="${top}" width="12" height="${Math.max(1.5, round(bottom - top))}" rx="2" fill="${COLOURS.band}"/>`,
      `<circle cx="${x}" cy="${heightOf(middle)}" r="3" fill="${COLOURS.middle}"/>`,
      text(x, CHART.height + 16, label, `text-anchor="middle"`),
    ];
  });
}

function drawRow(title, axis, policies, top) {
  const charts = AGGREGATES.map((aggregate, column) => {
    const x = CHART.left + column * (CHART.width + CHART.gap);
    return [
      `<g transform="translate(${x} ${top})">`,
      text(0, -8, aggregate, `font-weight="bold"`),
      ...drawGrid(column === 0),
      ...drawBars(policies, aggregate),
      "</g>",
    ].join("\n");
  });
  const middle = CHART.left + (AGGREGATES.length * (CHART.width + CHART.gap)) / 2;
  return [
    text(CHART.left, top - 30, title, `font-size="14" font-weight="bold"`),
    ...charts,
    text(middle, top + CHART.height + 36, axis, `text-anchor="middle"`),
  ];
}

/** Returns the picture as SVG text. */
export function drawSpreads({ calls, seeds, reservoirs, samples }) {
  const width = CHART.left + AGGREGATES.length * (CHART.width + CHART.gap) + 8;
  const second = CHART.top + CHART.height + CHART.rowGap;
  const height = second + CHART.height + 52;
  const title = `Estimates of ${calls} calls with a log-normal distribution: median and 5 to 95 % of ${seeds} seeds`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="${COLOURS.text}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    text(CHART.left, 24, title, `font-size="15"`),
    ...drawRow("reservoir({ size })", "size: values kept in an interval", reservoirs, CHART.top),
    ...drawRow("sample(rate)", "rate: share of traces kept", samples, second),
    "</svg>",
    "",
  ].join("\n");
}
