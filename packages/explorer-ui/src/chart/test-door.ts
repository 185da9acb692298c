import { openCharts } from "./open-charts.js";
import { positionOf } from "./heat-rows.js";

/** Adds a function for tests, with which a real pointer finds real dots. Absent unless a test asked for it. */
export function openTestDoor(): void {
  if (!("__spanmeterTest" in globalThis)) return;
  Object.assign(globalThis, { __chart: describe });
}

/** Describes a chart: pixels are those of the window. */
function describe(id: string) {
  const chart = openCharts.get(id);
  if (!chart) return undefined;
  const plot = chart.plot();
  const { dots, colours, heat, model } = chart.state();
  const { left, top, width, height } = plot.over.getBoundingClientRect();
  const { min, max } = plot.scales["y"] ?? {};
  return {
    plot: { left, top, width, height },
    range: { min, max },
    builds: chart.builds(),
    isReady: plot.status === 1,
    model,
    colours: Object.fromEntries(colours),
    dots: dots.map(({ dot, x, y, edge }) => ({ ...dot, x: left + x, y: top + y, edge })),
    data: plot.data,
    pixel: (time: number, value: number) => ({
      x: left + plot.valToPos(time, "x"),
      y: top + plot.valToPos(heat ? positionOf(heat, value) : value, "y"),
    }),
  };
}
