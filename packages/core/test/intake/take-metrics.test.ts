import fc from "fast-check";
import { expect, test } from "vitest";
import { attributeRules, fold } from "../../src/index.js";
import { createTakeMetrics } from "../../src/intake/take-metrics.js";
import { hostile, type Recipe } from "../client/hostile-values.js";
import { envelopeOf, serialized, setUpIntake } from "./set-up.js";

test("metrics leave the envelope, other items stay", async () => {
  const { pipeline, transport } = setUpIntake();
  const [headers, items] = envelopeOf([serialized("a"), serialized("b")]);
  const event: (typeof items)[number] = [{ type: "event" }, { message: "é" }];
  expect(createTakeMetrics(pipeline)([headers, [event, ...items]])).toEqual([event]);
  await pipeline.flush();
  expect(transport.metrics.map(({ name }) => name)).toEqual(["a", "b"]);
});

test("they leave at once, because they have waited with the SDK already", async () => {
  const { clock, pipeline, transport } = setUpIntake({ flushInterval: 60_000 });
  createTakeMetrics(pipeline)(envelopeOf([serialized("a")]));
  await clock.advance(1);
  expect(transport.metrics).toMatchObject([{ name: "a" }]);
});

test("everything that the SDK says of a metric arrives", async () => {
  const { pipeline, transport } = setUpIntake();
  const attributes = JSON.parse(
    `{"text": {"value": "ä", "type": "string"}, "__proto__": {"value": 1, "type": "integer"},
      "list": {"value": ["a", "b"], "type": "array"}, "yes": {"value": true, "type": "boolean", "unit": "none"},
      "sentry.timestamp.sequence": {"value": 7, "type": "integer"}}`,
  ) as object;
  createTakeMetrics(pipeline)(
    envelopeOf([
      serialized("a", { type: "gauge", value: -1.5, unit: "byte", attributes }),
      serialized("b", { span_id: undefined, timestamp: 1_767_225_600.123_456 }),
    ]),
  );
  await pipeline.flush();
  const [a, b] = transport.metrics;
  expect(a).toMatchObject({
    type: "gauge",
    value: -1.5,
    unit: "byte",
    timestamp: 1_767_225_600.5,
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    spanId: "00f067aa0ba902b7",
  });
  expect(Object.entries(a?.attributes ?? {})).toEqual([
    ["text", "ä"],
    ["__proto__", 1],
    ["list", ["a", "b"]],
    ["yes", true],
    ["sentry.timestamp.sequence", 0],
  ]);
  expect(b).toMatchObject({ timestamp: 1_767_225_600.123_456 });
  expect(b).not.toHaveProperty("spanId");
});

test("the envelope carries the SDK's name, the DSN for a tunnel, and its ingest settings", async () => {
  const { pipeline, transport } = setUpIntake({}, { ingestSettings: true });
  const dsn = "https://public@o1.ingest.sentry.io/2";
  const [headers, items] = envelopeOf([serialized("a")], { dsn });
  Object.assign(items[0]?.[1] as object, {
    ingest_settings: { infer_ip: "auto", infer_user_agent: "auto" },
  });
  createTakeMetrics(pipeline)([headers, items]);
  await pipeline.flush();
  const { envelope } = transport.sends[0]!;
  expect(envelope.headers).toMatchObject({
    sdk: { name: "sentry.javascript.test", version: "11.12.0" },
    dsn,
  });
  expect(envelope.items[0]?.json).toMatchObject({
    ingest_settings: { infer_ip: "auto", infer_user_agent: "auto" },
  });
});

test.each([
  ["a value that is not finite", serialized("a", { value: NaN }), "invalid"],
  ["a blank name", serialized(" "), "invalid"],
  ["a name that is no text", serialized("a", { name: 7 }), "internal_sdk_error"],
  ["no metric at all", null, "internal_sdk_error"],
])("%s is dropped and reported", async (_, metric, reason) => {
  const { drops, pipeline, transport } = setUpIntake();
  createTakeMetrics(pipeline)(envelopeOf([metric, serialized("good")]));
  await pipeline.flush();
  expect(drops).toMatchObject([{ reason, metrics: 1 }]);
  expect(pipeline.stats()).toMatchObject({ recorded: 2, delivered: 1, dropped: { [reason]: 1 } });
  expect(transport.metrics.map(({ name }) => name)).toEqual(["good"]);
});

test("a list of the application may hold anything, and change later", async () => {
  const { pipeline, transport } = setUpIntake();
  const list: unknown[] = [1, 2];
  const attributes = {
    list: { value: list, type: "array" },
    mixed: { value: [1, "a", 5n, Symbol("x")], type: "array" },
  };
  createTakeMetrics(pipeline)(envelopeOf([serialized("a", { attributes }), serialized("b")]));
  list.push({});
  await pipeline.flush();
  expect(transport.metrics).toMatchObject([
    { name: "a", attributes: { list: [1, 2] } },
    { name: "b" },
  ]);
});

test("after the pipeline has closed metrics stay in their envelope", async () => {
  const { pipeline } = setUpIntake();
  await pipeline.close();
  const envelope = envelopeOf([serialized("a")]);
  expect(createTakeMetrics(pipeline)(envelope)).toEqual(envelope[1]);
});

/** Makes a metric of which some members are anything at all. */
const hostileMetric = fc.oneof(
  hostile,
  fc
    .dictionary(
      fc.constantFrom("name", "value", "type", "unit", "timestamp", "attributes"),
      hostile,
    )
    .map((recipes) => () => serialized("a", made(recipes))),
  fc.dictionary(fc.string(), hostile).map((recipes) => () => {
    const values = Object.entries(made(recipes)).map(([key, value]) => [key, { value }]);
    return serialized("a", { attributes: Object.fromEntries(values) as object });
  }),
);

const made = (recipes: Record<string, Recipe>): object =>
  Object.fromEntries(Object.entries(recipes).map(([key, recipe]) => [key, recipe()]));

test("whatever stands in an envelope, nothing throws, and everything is accounted for", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostileMetric), async (recipes) => {
      const { drops, pipeline } = setUpIntake();
      const take = createTakeMetrics(pipeline);
      take(envelopeOf([...recipes.map((recipe) => recipe()), serialized("good")]));
      await pipeline.flush();
      await pipeline.close();
      const { recorded, delivered, pending, dropped } = pipeline.stats();
      const lost = Object.values(dropped).reduce((sum, each) => sum + each, 0);
      expect(recorded).toBe(recipes.length + 1);
      expect(delivered + pending + lost).toBe(recorded);
      expect(drops.reduce((sum, drop) => sum + drop.metrics, 0)).toBe(lost);
      // One that cannot be sent must not take others along.
      expect(dropped.internal_sdk_error ?? 0).toBeLessThanOrEqual(recipes.length);
      expect(delivered).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});

test("the rules of the volume option concern them, too", async () => {
  const { pipeline, transport } = setUpIntake({
    volume: [{ match: "folded.*", policy: fold({ by: "series" }) }],
    attributeRules: attributeRules({ deny: ["user.id"] }),
  });
  const take = createTakeMetrics(pipeline);
  for (let i = 0; i < 100; i++) {
    const attributes = { "user.id": { value: i }, route: { value: "/" } };
    take(envelopeOf(["folded.a", "raw.a"].map((name) => serialized(name, { attributes }))));
  }
  await pipeline.flush();
  const sent = (name: string) => transport.metrics.filter((each) => each.name === name);
  expect(sent("folded.a")).toMatchObject([
    { value: 100, attributes: { route: "/", "spanmeter.folded": 100 } },
  ]);
  expect(sent("raw.a")).toHaveLength(100);
  expect(transport.metrics.some(({ attributes }) => "user.id" in attributes)).toBe(false);
  expect(pipeline.stats()).toMatchObject({ recorded: 200, delivered: 200, pending: 0 });
});
