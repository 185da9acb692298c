import { describe, expect, test } from "vitest";
import { createClient, type Options } from "../../src/index.js";
import { setUp } from "../set-up.js";

describe("an invalid option is logged once, with the value used instead:", () => {
  test.each<[keyof Options, unknown, string]>([
    ["dsn", 5, "nothing is used"],
    ["release", {}, "nothing is used"],
    ["environment", 1, "nothing is used"],
    ["serverName", 7, "nothing is used"],
    ["enableMetrics", "no", "true is used"],
    ["attributes", "a=b", "nothing is used"],
    ["beforeSendMetric", "hook", "nothing is used"],
    ["sendDefaultPii", "yes", "nothing is used"],
    ["tunnel", {}, "nothing is used"],
    ["transport", {}, "nothing is used"],
    ["transportOptions", "x", "nothing is used"],
    ["spotlight", 1, "nothing is used"],
    ["traceSources", "sentry", "nothing is used"],
    ["maxQueueItems", 0, "10000 is used"],
    ["maxQueueItems", -1, "10000 is used"],
    ["maxQueueItems", NaN, "10000 is used"],
    ["maxQueueItems", Infinity, "10000 is used"],
    ["maxQueueItems", "10", "10000 is used"],
    ["maxQueueItems", 10n, "10000 is used"],
    ["maxQueueItems", true, "10000 is used"],
    ["maxQueueBytes", {}, "4194304 is used"],
    ["maxMetricBytes", [5], "2048 is used"],
    ["maxInFlight", 0, "4 is used"],
    ["flushInterval", "5000", "5000 is used"],
    ["flushInterval", 2 ** 31, "5000 is used"],
    ["flushInterval", 5n, "5000 is used"],
    ["sendTimeout", -5, "10000 is used"],
    ["onDrop", true, "nothing is used"],
    ["sendClientReports", 0, "true is used"],
    ["debug", "yes", "nothing is used"],
  ])("%s: %o", async (name, value, replacement) => {
    const { client, warnings } = setUp({ [name]: value });
    client.metrics.count("a");
    await client.flush();
    const logged = warnings().filter((text) => text.includes(`"${name}"`));
    expect(logged).toEqual([expect.stringMatching(new RegExp(replacement))]);
    expect(client.options[name]).not.toBe(value);
  });
});

test.each<[keyof Options, unknown, string]>([
  ["attributes", 5, '"attributes" must be an object; nothing is used'],
  ["maxSeries", "x", '"maxSeries" must be a number above 0; 2000 is used'],
  ["overflow", "x", '"overflow" must be "fold" or "drop"; "fold" is used'],
  ["serverName", 5, '"serverName" must be a string or boolean; nothing is used'],
])("the warning about %s says which values are valid", (name, value, sentence) => {
  expect(setUp({ [name]: value }).warnings()).toEqual([`[spanmeter] ${sentence}`]);
});

test("metrics are sent in spite of invalid options", async () => {
  const { client, transport, advanceInterval, warnings } = setUp({
    maxQueueItems: "many",
    flushInterval: {},
    sendTimeout: [],
    maxInFlight: NaN,
    attributes: 5,
    beforeSendMetric: 5,
    traceSources: 5,
    maxMetricBytes: "x",
  } as unknown as Options);
  client.metrics.count("a");
  await advanceInterval();
  expect(transport.metrics).toHaveLength(1);
  expect(warnings()).toHaveLength(8);
});

test("undefined and null mean the default, without a warning", () => {
  const names = ["release", "maxQueueItems", "attributes", "transport", "debug", "onDrop"] as const;
  for (const empty of [undefined, null]) {
    const { client, lines } = setUp(Object.fromEntries(names.map((name) => [name, empty])));
    expect(lines).toEqual([]);
    expect(client.options.maxQueueItems).toBe(10_000);
  }
});

test("an unknown option is logged and ignored", () => {
  const { client, warnings } = setUp({ tracesSampleRate: 0.5 } as Options);
  expect(warnings()).toEqual(['[spanmeter] There is no option "tracesSampleRate"']);
  expect(client.options).not.toHaveProperty("tracesSampleRate");
});

test("an unknown option is logged in development too", () => {
  const { warnings } = setUp({ maxQueueSize: 5 } as object, { development: true });
  expect(warnings()).toEqual(['[spanmeter] There is no option "maxQueueSize"']);
});

describe("options that throw when they are read make the client a no-op and are logged:", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = Object.defineProperty({}, "release", {
    enumerable: true,
    get: () => {
      throw new Error("no release");
    },
  });
  test.each<[string, unknown]>([
    ["a revoked proxy", proxy],
    ["a getter that throws", throwing],
  ])("%s", async (_label, options) => {
    const { lines, platform } = setUp();
    const client = createClient(options as Options, platform);
    client.metrics.count("a");
    expect(await client.flush()).toBe(true);
    expect(lines).toMatchObject([
      { level: "error", text: expect.stringContaining("metrics are off") as string },
    ]);
  });

  test.each([undefined, null, 5, "text", []])("but %j counts as no options", (options) => {
    const { lines, platform } = setUp();
    expect(createClient(options as unknown as Options, platform).stats().recorded).toBe(0);
    expect(lines).toEqual([]);
  });
});
