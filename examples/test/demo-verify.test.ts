import { expect, onTestFinished, test } from "vitest";
import { startExplorer } from "../../packages/explorer/src/index.js";
import { EXPECTED } from "../../scripts/demo/findings/expected.mjs";
import { investigate, type Findings } from "../../scripts/demo/findings/findings.mjs";
import { verify } from "../../scripts/demo/findings/verify.mjs";
import { runExample } from "./support/run.js";

test("lists every missing finding when only another program has sent metrics", async () => {
  const explorer = await startExplorer({ memory: true, port: 0 });
  onTestFinished(() => explorer.close());
  const since = Date.now() / 1000;
  await runExample("node-cli", `http://public@127.0.0.1:${explorer.port}/1`);
  const until = Date.now() / 1000;

  const findings = await investigate({
    explorerUrl: explorer.url,
    before: { since, until },
    after: { since: until, until: until + 1 },
  });

  const arrived = "file.size_bytes";
  expect(verify(findings, { checkouts: 3 })).toEqual([
    ...Object.keys(EXPECTED)
      .filter((name) => name !== arrived)
      .map((name) => `The metric ${name} did not arrive.`),
    `The trace of the newest ${arrived} has no spans.`,
    "checkout.started adds up to 0, but visitors tried 3 checkouts.",
    "checkout.failed did not rise: 0 % of the checkouts before, 0 % after.",
    "There is no sample of checkout.failed.",
    "No metric arrived from a browser.",
  ]);
});

const query = { spanId: "b", op: "db.query", name: "slow query", durationMs: 250 };
const trace = { durationMs: 300, spans: [{ span: { spanId: "a" } }, { span: query }] };

/** Complete findings, with 10 checkouts before and after, of which 1 and 8 fail. */
const complete: Findings = {
  metrics: Object.keys(EXPECTED).map((name) => ({
    name,
    before: { sum: name === "checkout.failed" ? 1 : 10 },
    after: { sum: name === "checkout.failed" ? 8 : 10 },
    trace,
  })),
  refused: [],
  sample: { traceId: "t", spanId: "a" },
  trace,
  slowest: query,
  errors: [{ name: "PaymentDeclined" }],
  browserSample: { traceId: "t", sdk: "spanmeter.javascript.browser/0.1.0" },
  browserServerSpan: { spanId: "a" },
};
const expected = { checkouts: 20 };

const without = (name: string): Findings["metrics"] =>
  complete.metrics.filter((metric) => metric.name !== name);
const withMetric = (name: string, change: Partial<Findings["metrics"][number]>): Findings => ({
  ...complete,
  metrics: complete.metrics.map((metric) =>
    metric.name === name ? { ...metric, ...change } : metric,
  ),
});

test("lists no problem of complete findings", () => {
  expect(verify(complete, expected)).toEqual([]);
});

test("lists no problem of a reservoir that saves bytes", () => {
  expect(verify({ ...complete, bytes: { billed: 899, raw: 900 } }, expected)).toEqual([]);
});

test.for(Object.keys(EXPECTED))("lists %s when it did not arrive", (name) => {
  const problems = verify({ ...complete, metrics: without(name) }, expected);
  expect(problems[0]).toBe(`The metric ${name} did not arrive.`);
});

test.for<[string, Findings, string]>([
  [
    "a reservoir saves nothing",
    withMetric("query.duration_ms", { items: 10, before: { sum: 10, count: 10 } }),
    "query.duration_ms has 10 items, but they stand for 10 calls.",
  ],
  [
    "a reservoir saves no bytes",
    { ...complete, bytes: { billed: 900, raw: 900 } },
    "query.duration_ms has 900 billed bytes, but it would have 900 without its rule.",
  ],
  [
    "checkouts were lost",
    withMetric("checkout.started", { after: { sum: 9 } }),
    "checkout.started adds up to 19, but visitors tried 20 checkouts.",
  ],
  [
    "failures do not rise",
    withMetric("checkout.failed", { after: { sum: 1 } }),
    "checkout.failed did not rise: 10 % of the checkouts before, 10 % after.",
  ],
  [
    "Sentry would have refused a metric",
    { ...complete, refused: [{ name: "queue.depth", dropped: 2, changed: 0 }] },
    "Sentry would have dropped 2 and changed 0 of the metric queue.depth.",
  ],
  [
    "a metric has no trace",
    withMetric("email.sent", { trace: undefined }),
    "The trace of the newest email.sent has no spans.",
  ],
  [
    "the sample's span is not there",
    { ...complete, sample: { traceId: "t", spanId: "c" } },
    "The sample's span c is not in its trace.",
  ],
  [
    "the slowest span is not a query",
    { ...complete, slowest: { ...query, op: "http.server", name: "GET /" } },
    "The slowest span of the sample's trace is not a slow query: GET /.",
  ],
  ["there is no error", { ...complete, errors: [] }, "The sample's trace has no error."],
  [
    "no browser has sent a metric",
    { ...complete, browserSample: undefined },
    "No metric arrived from a browser.",
  ],
  [
    "the browser's trace is not the server's",
    { ...complete, browserServerSpan: undefined },
    "The browser's trace t has no span of the server.",
  ],
])("lists a problem when %s", ([, findings, problem]) => {
  expect(verify(findings, expected)).toEqual([problem]);
});
