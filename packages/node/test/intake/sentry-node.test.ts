import type { IngestServer, ReadMetric } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runScript } from "../support/run-script.js";

const MAJORS = [10, 11] as const;
const WAYS = ["integration", "transport"] as const;
type Way = (typeof WAYS)[number] | "plain";

interface Ran {
  readonly ingest: IngestServer;
  readonly other: IngestServer;
  readonly result: unknown;
  readonly drops: readonly unknown[];
  readonly log: string;
}

interface RunOptions {
  readonly way?: Way;
  readonly env?: Readonly<Record<string, string>>;
  prepare?(ingest: IngestServer): void;
}

async function run(
  major: number,
  scenario: string,
  { way = "integration", env = {}, prepare }: RunOptions = {},
): Promise<Ran> {
  // The envelopes of Sentry's SDKs have members that ours have not.
  const [ingest, other] = await Promise.all([
    ingestForTest({ rules: { foreign: true } }),
    ingestForTest({ rules: { foreign: true } }),
  ]);
  prepare?.(ingest);
  const { code, stdout, stderr } = await runScript("behind-sentry", {
    args: [String(major), scenario, way, ingest.dsn, other.dsn],
    env,
  });
  expect(code, `${stdout}\n${stderr}`).toBe(0);
  const printed = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Pick<
    Ran,
    "result" | "drops"
  >;
  return { ingest, other, ...printed, log: stderr };
}

const names = ({ metrics }: IngestServer): string[] => metrics.map(({ name }) => name).sort();
const types = ({ requests }: IngestServer): string[] =>
  requests.flatMap(({ envelope }) =>
    (envelope?.items ?? []).map(({ header }) => String(header["type"])),
  );

/** Everything that must be the same in two runs of one script. */
const comparable = ({ metrics }: IngestServer): object[] =>
  metrics
    .map(({ spanId, attributes, ...rest }: ReadMetric) => ({
      ...rest,
      timestamp: 0,
      traceId: "",
      hasSpan: spanId !== undefined,
      attributes: { ...attributes, "sentry.timestamp.sequence": 0 },
    }))
    .sort((a, b) => a.name.localeCompare(b.name));

describe.each(MAJORS)("behind Sentry.metrics of @sentry/node %i", (major) => {
  test.each(WAYS)("each metric arrives once, as the SDK itself sends it (%s)", async (way) => {
    const [plain, ours] = await Promise.all([
      run(major, "attributes", { way: "plain" }),
      run(major, "attributes", { way }),
    ]);
    expect(plain.ingest.metrics).toHaveLength(6);
    expect(comparable(ours.ingest)).toEqual(comparable(plain.ingest));
    const headers = ({ ingest }: Ran): unknown =>
      ingest.requests.find(({ metrics }) => metrics.length > 0)?.envelope?.headers["sdk"];
    expect(headers(ours)).toEqual(headers(plain));
  });

  test.each(WAYS)("metrics have the trace of their call, ours too (%s)", async (way) => {
    const { ingest, result } = await run(major, "traces", { way });
    const wanted = (result as { name: string; traceId: string; spanId?: string }[]).flatMap(
      (each) => [each, { ...each, name: `own ${each.name}` }],
    );
    const byName = (a: { name: string }, b: { name: string }): number =>
      a.name.localeCompare(b.name);
    const arrived = ingest.metrics.map(({ name, traceId, spanId }) => ({
      name,
      traceId,
      ...(spanId && !name.endsWith("continued") && { spanId }),
    }));
    expect(arrived.sort(byName)).toEqual(wanted.sort(byName));
    expect(new Set(wanted.map(({ spanId }) => spanId)).size).toBeGreaterThan(10);
  });

  test("beforeSendMetric changes and drops metrics, ours too", async () => {
    const { ingest, drops } = await run(major, "hooks");
    expect(names(ingest)).toEqual(["kept", "own kept"]);
    expect(ingest.metrics.map(({ name, attributes }) => attributes["hooked"] === name)).toEqual([
      true,
      true,
    ]);
    // The SDK itself reports what its hook dropped of its own calls.
    expect(drops).toMatchObject([{ reason: "before_send", name: "own dropped" }]);
  });

  test.each(WAYS)("errors, spans and logs are sent as before (%s)", async (way) => {
    const plain = await run(major, "others", { way: "plain" });
    const ours = await run(major, "others", { way });
    expect([...new Set(types(ours.ingest))].sort()).toEqual(
      [...new Set(types(plain.ingest))].sort(),
    );
    expect(names(ours.ingest)).toEqual(["a"]);
    expect(ours.result).toBe(way === "integration");
  });

  test.each(WAYS)("own calls say what the SDK's cannot (%s)", async (way) => {
    const { ingest } = await run(major, "own calls say more", { way });
    expect(names(ingest)).toEqual(["early", "sampled", "timed"]);
    expect(ingest.metrics.find(({ name }) => name === "timed")).toMatchObject({
      timestamp: 1_767_225_600,
      traceId: "a".repeat(32),
      spanId: "b".repeat(16),
      attributes: { "sentry.release": "shop@1.4.0", "sentry.environment": "staging" },
    });
  });

  test.each(WAYS)("Sentry.flush() waits for all metrics (%s)", async (way) => {
    const { ingest, result } = await run(major, "flush", { way });
    expect(result).toBe(true);
    expect(new Set(ingest.metrics.map(({ attributes }) => attributes["number"])).size).toBe(250);
    expect(ingest.metrics).toHaveLength(250);
  });

  test("Sentry.flush() ends in time, and the metrics stay pending", async () => {
    const { result } = await run(major, "flush in time", {
      prepare: (ingest) => ingest.reply({ fault: "hang" }),
    });
    expect(result).toMatchObject({ isFlushed: false, isInTime: true, delivered: 0, pending: 1 });
  });

  test.each(WAYS)(
    "two broken connections and a 503 lose nothing and report nothing (%s)",
    async (way) => {
      const { ingest, drops } = await run(major, "flush to the end", {
        way,
        prepare: (server) =>
          server.replyNext({ fault: "reset" }, { fault: "reset" }, { status: 503 }),
      });
      expect(ingest.metrics).toHaveLength(10);
      expect(drops).toEqual([]);
      expect(types(ingest)).not.toContain("client_report");
    },
  );

  test.each(WAYS)("a refusal is reported once, by ours (%s)", async (way) => {
    const { ingest, drops } = await run(major, "flush to the end", {
      way,
      prepare: (server) => server.replyNext({ status: 400 }),
    });
    expect(drops).toMatchObject([{ reason: "send_error", metrics: 10, name: "kept" }]);
    const reports = ingest.requests.flatMap(({ envelope }) => envelope?.clientReports ?? []);
    const discarded = reports.flatMap((report) => report.discarded);
    expect(discarded.map(({ reason, category }) => `${reason} ${category}`).sort()).toEqual([
      "send_error trace_metric",
      "send_error trace_metric_byte",
    ]);
    expect(discarded.find(({ category }) => category === "trace_metric")?.quantity).toBe(10);
  });

  test("Sentry.close() sends everything; later calls of the SDK send nothing", async () => {
    const { ingest, result } = await run(major, "close");
    expect(names(ingest)).toEqual(["before"]);
    expect(result).toEqual({ isClosed: true, recorded: 1, delivered: 1, pending: 0, dropped: {} });
  });

  test.each(WAYS)(
    "initialised again, each client sends what was recorded with it (%s)",
    async (way) => {
      const { ingest, other } = await run(major, "init again", { way });
      expect(names(ingest)).toEqual(["first", "own first"]);
      expect(names(other)).toEqual(["own second", "second"]);
      expect(
        other.metrics.every(({ attributes }) => attributes["sentry.release"] === "shop@2"),
      ).toBe(true);
    },
  );

  test("of two clients each gets the calls of its scopes, ours too", async () => {
    const { ingest, other } = await run(major, "two clients");
    const all = (...starts: string[]): string[] =>
      starts.flatMap((each) => [1, 2, 3].map((round) => `${each} ${round}`)).sort();
    expect(names(ingest)).toEqual(all("first", "own first", "first again", "own first again"));
    expect(names(other)).toEqual(all("second", "own second"));
  });

  test.each(WAYS)("Sentry.close() ends our own calls, too (%s)", async (way) => {
    const { ingest, result } = await run(major, "closed in the end", { way });
    expect(names(ingest)).toEqual(["own"]);
    expect(result).toBe(1);
  });

  test("an SDK that is turned off sends nothing, by a transport neither", async () => {
    const { ingest } = await run(major, "disabled", { way: "transport" });
    expect(ingest.requests).toEqual([]);
  });

  test.each(["disabled", "without a DSN"])("an SDK that is %s sends nothing", async (scenario) => {
    const { ingest, result } = await run(major, scenario);
    expect(result).toEqual({ isFlushed: true });
    expect(ingest.requests).toEqual([]);
  });

  test.each(WAYS)(
    "the tunnel of the SDK is used, and the envelope names the DSN (%s)",
    async (way) => {
      const { ingest } = await run(major, "tunnel", { way });
      expect(names(ingest)).toEqual(["a", "own"]);
      expect(new Set(ingest.requests.map(({ path }) => path))).toEqual(new Set(["/tunnel"]));
      const withMetrics = ingest.requests.filter(({ metrics }) => metrics.length > 0);
      expect(new Set(withMetrics.map(({ envelope }) => envelope?.headers["dsn"]))).toEqual(
        new Set([ingest.dsn]),
      );
    },
  );

  test("headers of the SDK's transport options are sent", async () => {
    const { ingest } = await run(major, "headers");
    expect(ingest.requests.find(({ metrics }) => metrics.length > 0)?.headers["x-team"]).toBe(
      "shop",
    );
  });

  test.each(WAYS)("a transport of the application sends metrics too, once (%s)", async (way) => {
    const { ingest, result } = await run(major, "a transport of the application", { way });
    expect(result).toEqual(["event", "trace_metric"]);
    expect(names(ingest)).toEqual(["a"]);
  });

  test.each(WAYS)(
    "a multiplexed transport sends each metric to each of its projects once (%s)",
    async (way) => {
      const { ingest, other } = await run(major, "multiplexed", { way });
      const numbers = ({ metrics }: IngestServer): number[] =>
        metrics.map(({ attributes }) => Number(attributes["number"])).sort((a, b) => a - b);
      expect(numbers(ingest)).toEqual([0, 1, 2, 3, 4]);
      expect(numbers(other)).toEqual([0, 1, 2, 3, 4]);
    },
  );

  test("a transport that cannot be changed goes on without Spanmeter, which says so once", async () => {
    const { ingest, log } = await run(major, "frozen");
    expect(names(ingest)).toEqual(["a"]);
    expect(types(ingest)).toContain("event");
    expect(log.match(/\[spanmeter\] Sentry\.metrics are sent without Spanmeter/g)).toHaveLength(1);
  });

  test("the methods of a transport may stand on its prototype", async () => {
    expect(names((await run(major, "a class as transport")).ingest)).toEqual(["a"]);
  });

  test("a burst in one task is folded, and none is lost", async () => {
    const { ingest, result, drops } = await run(major, "burst");
    expect(drops).toEqual([]);
    expect(result).toMatchObject({ recorded: 100_000, delivered: 100_000 });
    expect(ingest.metrics.reduce((sum, { value }) => sum + value, 0)).toBe(100_000);
    expect(ingest.metrics.length).toBeLessThan(80_000);
  });

  test("a burst that the SDK itself could hold keeps every value and attribute", async () => {
    const { ingest, drops } = await run(major, "burst of values");
    expect(drops).toEqual([]);
    expect(new Set(ingest.metrics.map(({ attributes }) => attributes["user"])).size).toBe(20_000);
    expect(ingest.metrics).toHaveLength(20_000);
    expect(new Set(ingest.metrics.map(({ value }) => value)).size).toBe(20_000);
  });

  test("one transport object may serve every client", async () => {
    const { ingest, result } = await run(major, "one transport for all");
    expect(result).toEqual([true, true]);
    expect(names(ingest)).toEqual(["a"]);
    expect(types(ingest)).toContain("event");
  });

  test("a transport of which only one method can be replaced keeps both", async () => {
    const { ingest, result, log } = await run(major, "a flush that cannot be replaced");
    expect(result).toBe(true);
    expect(names(ingest)).toEqual(["a"]);
    expect(log).toContain("Sentry.metrics are sent without Spanmeter");
  });

  test("a local explorer gets a copy of everything, once", async () => {
    const { ingest, other } = await run(major, "spotlight");
    expect(names(ingest)).toEqual(["a", "a", "a", "own"]);
    expect(names(other)).toEqual(["a", "a", "a", "own"]);
    expect(types(other)).toContain("event");
  });
});

test("@sentry/node 10 with metrics turned off records nothing, ours neither", async () => {
  const { ingest, result } = await run(10, "metrics off");
  expect(names(ingest)).toEqual([]);
  expect(result).toMatchObject({ isFlushed: true, recorded: 0 });
});

describe.each([8, 9])("@sentry/node %i has no such metrics", (major) => {
  test.each(WAYS)("our own calls are recorded with its traces (%s)", async (way) => {
    const { ingest, result } = await run(major, "own calls alone", { way });
    expect(names(ingest)).toEqual(["early", "in a span"]);
    expect(ingest.metrics.find(({ name }) => name === "in a span")).toMatchObject(result as object);
  });

  test("a developer is told in one line", async () => {
    const { log } = await run(major, "own calls alone", { env: { NODE_ENV: "development" } });
    expect(log.match(/\[spanmeter\] Sentry \d.* has no metrics/g)).toHaveLength(1);
  });
});
