// Measures whether a folded call costs more with more series.
import { prepare } from "./folded.mjs";

export { prepare };

const CALLS = 100_000;

function rowOf({ id, series, maxSeries, title, targets }) {
  return {
    id,
    module: "series",
    title,
    unit: "ns",
    what: "wall time inside the calls of a counter, folded by series, with 3 attributes of up to 50 values each, as the lower quartile of slices of 500 calls; 100 000 calls a flush, or two of each series, whose sums are compared with the calls exactly; beyond `maxSeries`, calls share the overflow series",
    peers: ["spanmeter", "prom-client"],
    options: { series, maxSeries, callsPerFlush: Math.max(CALLS, 2 * series), flushes: 1 },
    warmUp: 1,
    rounds: 3,
    targets,
  };
}

const below = [{ share: 1, of: "prom-client" }];
const COUNTS = [10, 1000, 10_000, 100_000];

export const rows = [
  ...COUNTS.map((series) =>
    rowOf({
      id: `series-${series}`,
      series,
      maxSeries: 2 * series,
      title: `caller's cost of a folded \`count\`, ${series.toLocaleString("en").replaceAll(",", " ")} series`,
      targets: series < 10_000 ? [] : below,
    }),
  ),
  rowOf({
    id: "series-beyond",
    series: 10_000,
    title: "caller's cost of a folded `count`, 10 000 series and the default `maxSeries`",
    targets: below,
  }),
];
