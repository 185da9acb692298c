import { render } from "preact";
import { chartPng } from "../../src/chart/chart-png.js";
import { ChartTable } from "../../src/chart/chart-table.js";
import { Chart } from "../../src/chart/chart.js";
import type { ChartActions, ChartModel, LineChart } from "../../src/chart/chart-model.js";
import "../../src/theme/page.css";

/** A chart of the page, with a table if it is wanted. */
interface Shown {
  readonly id?: string;
  readonly model: ChartModel;
  readonly lit?: string;
  readonly height?: number;
  readonly hasTable?: boolean;
}

const calls: [action: string, ...given: unknown[]][] = [];
const actions: ChartActions = {
  onZoom: (range) => void calls.push(["zoom", range]),
  onBox: (box) => void calls.push(["box", box]),
  onOpen: (dot) => void calls.push(["open", dot.id]),
  onPoint: (id) => void calls.push(["point", id]),
  onLine: (key, isExcluded) => void calls.push(["line", key, isExcluded]),
};

function show(...charts: readonly Shown[]): void {
  render(
    <main>
      <h1>Charts</h1>
      {charts.map(({ id = "chart", model, lit, height = 260, hasTable = false }) => (
        <section key={id}>
          <Chart {...{ id, model, actions, lit, height }} sync="page" />
          {hasTable && <ChartTable id={id} model={model} />}
        </section>
      ))}
    </main>,
    document.body,
  );
}

/** Shows a chart with other values ten times a second. Returns how often. */
async function playLive(model: LineChart, points: number, seconds: number): Promise<number> {
  const { since, until } = model.range;
  const step = (until - since) / points;
  let updates = 0;
  const next = () => {
    updates += 1;
    const times = Array.from({ length: points }, (_, place) => since + place * step);
    const values = times.map((_, place) => Math.sin(place / 500 + updates) + Math.random());
    const lines = model.lines.map((line) => ({ ...line, values }));
    show({ model: { ...model, times, lines, intervalSeconds: step } });
  };
  next();
  const timer = setInterval(next, 100);
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) await new Promise(requestAnimationFrame);
  clearInterval(timer);
  return updates;
}

async function pngOf(id: string): Promise<number[]> {
  return [...new Uint8Array(await (await chartPng(id)).arrayBuffer())];
}

Object.assign(globalThis, { show, calls, playLive, pngOf });
