import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { busyness } from "./support/busyness.js";
import { shownColumns } from "./support/chart-tables.js";
import { send } from "./support/envelopes.js";
import { firstChart } from "./support/first-chart.js";
import { createRandom } from "./support/random.js";
import { metricItem, type Metric } from "./support/sent-metric.js";

const INTERVAL = 60;

/** Metrics of the last ten minutes with whole numbers, whose sums are exact. */
function manyGroups(until: number, { items, groups }: { items: number; groups: number }): Metric[] {
  const random = createRandom(groups);
  return Array.from({ length: items }, (_, index) => ({
    name: `in.${groups}.groups`,
    type: "distribution",
    seconds: until - 600 + (index * 600) / items,
    value: Math.floor(random.between(1, 1_000)),
    // Most items belong to few groups.
    attributes: { route: `/r${Math.floor(groups * random.next() ** 3)}` },
    weight: random.pick([1, 2, 4]),
    traceId: random.hex(32),
  }));
}

const addressOf = (name: string, until: number): string =>
  `/metrics/${name}?${new URLSearchParams({
    since: new Date((until - 600) * 1000).toISOString(),
    until: new Date(until * 1000).toISOString(),
    agg: "sum,count",
    by: "route",
    view: "line",
    interval: `${INTERVAL}s`,
  })}`;

/** The sum of some metrics of each minute. */
const sums = (
  metrics: readonly Metric[],
  until: number,
  of: (metric: Metric) => number,
): number[] =>
  Array.from({ length: 600 / INTERVAL }, (_, bucket) =>
    metrics
      .filter(({ seconds }) => Math.floor((seconds - until + 600) / INTERVAL) === bucket)
      .reduce((sum, metric) => sum + of(metric), 0),
  );

describe("a metric in very many groups", () => {
  test("of 1000, eight and the others add up to all of it, to its newest minute", async ({
    context,
    explorer,
  }) => {
    const until = Math.floor(Date.now() / 60_000) * 60;
    const metrics = manyGroups(until, { items: 6_000, groups: 1_000 });
    await send(explorer.url, "trace_metric", metrics.map(metricItem));
    const page = await context.newPage();
    await page.goto(explorer.url + addressOf(metrics[0]!.name, until));
    const columns = await shownColumns(page);
    expect(columns).toHaveLength(2 * (8 + 1));
    const total = (of: typeof columns): number[] =>
      of[0]!.values.map((_, row) => of.reduce((sum, { values }) => sum + (values[row] ?? 0), 0));
    const [sum, count] = [columns.slice(0, 9), columns.slice(9)];
    expect(total(sum)).toEqual(sums(metrics, until, ({ value, weight }) => value * weight));
    expect(total(count)).toEqual(sums(metrics, until, ({ weight }) => weight));
    expect(total(count).at(-1)).toBeGreaterThan(0);
  });

  test("of 5000 is there within 1.5 seconds", async ({ context, explorer }) => {
    const until = Math.floor(Date.now() / 60_000) * 60;
    const metrics = manyGroups(until, { items: 20_000, groups: 12_000 });
    expect(new Set(metrics.map(({ attributes }) => attributes["route"])).size).toBeGreaterThan(
      5_000,
    );
    await send(explorer.url, "trace_metric", metrics.map(metricItem));
    const page = await context.newPage();
    const load = async (): Promise<number> => {
      const busy = busyness();
      return (await firstChart(page, explorer.url + addressOf(metrics[0]!.name, until))) / busy;
    };
    await expect.poll(load).toBeLessThan(1_500);
  });
});
