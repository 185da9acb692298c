import { describe, expect, it } from "vitest";
import type {
  AttributeSummary,
  Item,
  MetricSummary,
  MetricTable,
  Stats,
  Trace,
  TraceList,
  TracePage,
  Verdicts,
} from "../../src/index.js";
import { metric, metricEnvelope, text, TRACE_ID } from "../support/envelopes.js";
import { testExplorer, type TestExplorer } from "../support/test-explorer.js";

async function filled(): Promise<TestExplorer> {
  const explorer = await testExplorer();
  const attributes = { route: text("/a") };
  await explorer.post(
    metricEnvelope(
      metric({ name: "d", type: "distribution", unit: "millisecond", value: 5, attributes }),
      metric({ name: "d", type: "distribution", unit: "millisecond", value: 7, attributes }),
      metric({ name: "bad", value: null }),
    ),
  );
  return explorer;
}

describe("the JSON API", () => {
  it("lists metrics", async () => {
    const { metrics } = await (
      await filled()
    ).getJson<{ metrics: MetricSummary[] }>("/api/metrics");
    expect(metrics).toContainEqual(
      expect.objectContaining({ name: "d", type: "distribution", unit: "millisecond", count: 2 }),
    );
  });

  it("aggregates with repeated parameters", async () => {
    const result = await (
      await filled()
    ).getJson<MetricTable>(
      "/api/metrics/d/table?agg=max&agg=count&by=route&where=route%3D%2Fa&since=10m&type=distribution&unit=millisecond",
    );
    expect(result).toMatchObject({
      metric: { name: "d", type: "distribution", unit: "millisecond" },
      aggregations: ["max", "count"],
      range: { seconds: 600 },
      rows: [{ group: { route: "/a" }, values: { max: 7, count: 2 }, samples: 2 }],
    });
  });

  it("lists the attributes of a metric", async () => {
    const path = "/api/metrics/d/attributes";
    const { attributes } = await (await filled()).getJson<{ attributes: AttributeSummary[] }>(path);
    expect(attributes).toMatchObject([
      { key: "route", items: 2, distinct: 1, top: [{ value: "/a", count: 2 }] },
    ]);
    const values = await (await filled()).getJson(`${path}/route/values?q=A`);
    expect(values).toEqual({ values: [{ value: "/a", count: 2 }], total: 1 });
  });

  it("returns samples of one metric and of all metrics", async () => {
    const explorer = await filled();
    const one = await explorer.getJson<{ samples: Item[] }>("/api/metrics/d/samples?limit=1");
    expect(one.samples).toHaveLength(1);
    const dropped = await explorer.getJson<{ samples: Item[] }>("/api/samples?verdict=dropped");
    expect(dropped.samples.map(({ name }) => name)).toEqual(["bad"]);
  });

  it("returns traces, verdicts and stats", async () => {
    const explorer = await filled();
    expect((await explorer.getJson<Trace>(`/api/traces/${TRACE_ID}`)).unattached).toHaveLength(3);
    expect((await explorer.getJson<Verdicts>("/api/verdicts")).counts[0]?.code).toBe(
      "invalid_value",
    );
    expect((await explorer.getJson<Stats>("/api/stats")).received).toBe(3);
  });

  it("lists traces, their page and single items", async () => {
    const explorer = await filled();
    const list = await explorer.getJson<TraceList>("/api/traces?metric=d&where=%40value%3E5");
    expect(list.traces).toMatchObject([{ traceId: TRACE_ID, metrics: 2, value: 7 }]);
    const page = await explorer.getJson<TracePage>(`/api/traces/${TRACE_ID}?view=page`);
    expect(page.marks.map(({ name }) => name).sort()).toEqual(["bad", "d", "d"]);
    const item = await explorer.getJson<Item>(`/api/items/${page.marks[0]?.id}`);
    expect(item.attributes).toEqual({ route: "/a" });
    expect(await explorer.getJson("/api/events?kind=log&q=x")).toEqual({ events: [] });
  });

  it.each([
    ["/api/metrics/d/table?agg=p42", 400, "usage", /valid are p50/],
    ["/api/metrics/d/series?interval=x", 400, "usage", /interval/],
    ["/api/metrics/nope/table", 404, "not_found", /No metric named/],
    ["/api/samples?limit=x", 400, "usage", /limit/],
    ["/api/traces/short", 400, "usage", /trace id/],
    [`/api/traces/${"f".repeat(32)}`, 404, "not_found", /Nothing was received/],
    [`/api/traces/${TRACE_ID}?view=full`, 400, "usage", /view is "full"; valid is page/],
    ["/api/traces?sort=name", 400, "usage", /sort is "name"; valid are time, -time, duration/],
    ["/api/events?kind=metric", 400, "usage", /valid are error, log, span/],
    ["/api/items/99", 404, "not_found", /There is no item 99/],
    ["/api/items/x", 400, "usage", /is not the id of an item/],
    ["/api/samples?where=status", 400, "usage", /at its end an operator is missing/],
    [
      "/api/metrics/d/table?where=route%3E%3Dx",
      400,
      "usage",
      /at character 8 a number is expected/,
    ],
    [
      "/api/metrics/d/table?group=route",
      400,
      "usage",
      /no parameter "group" here; valid are type,/,
    ],
    ["/api/metrics/d/samples?agg=max", 400, "usage", /no parameter "agg" here/],
    ["/api/stats?since=1h", 400, "usage", /no parameter "since" here; this path takes none/],
    ["/api/cost?price=much", 400, "usage", /price is "much"; give a number such as 0.5/],
    ["/api/verdicts?code=bad", 400, "usage", /code is "bad"; valid are attribute_removed,/],
    ["/api/verdicts?metric=ba", 404, "not_found", /No metric named "ba"/],
    ["/api/metrics?spark=121", 400, "usage", /spark must be a whole number from 0 to 120/],
    ["/api/stream?kinds=metric", 400, "usage", /no parameter "kinds" here; valid are kind, metric/],
    ["/api/samples?since=1h&since=2h", 400, "usage", /since is given 2 times/],
    ["/api/samples?since=last+5", 400, "usage", /since is "last 5"; give a duration/],
    ["/api/samples?since=", 400, "usage", /since is ""; give a duration/],
    ["/api/metrics/d/table?until=-5", 400, "usage", /until is "-5"; give a duration/],
    ["/api/samples?type=histogram", 400, "usage", /valid are counter, gauge, distribution/],
    ["/api/samples?limit=1e2", 400, "usage", /limit/],
    ["/api/samples?limit=", 400, "usage", /limit/],
    ["/api/nothing", 404, "not_found", /No GET \/api\/nothing/],
  ])("answers %s with %i and the reason", async (path, status, code, message) => {
    const response = await fetch((await filled()).url + path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: { code, message: expect.stringMatching(message) },
    });
  });
});
