import { afterEach, expect, test } from "vitest";
import { fold, getClient, makeCurrent, metrics, type Options } from "../../src/index.js";
import { balance, resetProcessGlobals, setUp } from "../set-up.js";

afterEach(resetProcessGlobals);

const policies: readonly [string, Options][] = [
  ["raw", {}],
  ["by series", { volume: [{ match: "*", policy: fold({ by: "series" }) }] }],
  ["by span", { volume: [{ match: "*", policy: fold() }] }],
  ["sampled", { sampleRate: 0.999_999 }],
];

test.each(policies)("handles record, %s", async (_label, options) => {
  const setup = setUp({ attributes: { app: "shop" }, ...options });
  const { client, transport } = setup;
  const counter = client.metrics.createCounter("c", { unit: "byte", attributes: { route: "/" } });
  for (let i = 0; i < 3; i++) counter.add();
  counter.add(5, { attributes: { extra: true } });
  counter.with({ route: "/cart" }).add(2);
  client.metrics.createGauge("g").set(12);
  const latency = client.metrics.createDistribution("d", { unit: "millisecond" });
  latency.record(187, { attributes: { route: "/" } });
  await client.flush();
  const sums = new Map<string, number>();
  for (const { name, value, unit, attributes } of transport.metrics) {
    const { route, extra, app } = attributes;
    const key = JSON.stringify([name, unit, route, extra, app]);
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
  expect([...sums]).toEqual(
    expect.arrayContaining([
      ['["c","byte","/",null,"shop"]', 3],
      ['["c","byte","/",true,"shop"]', 5],
      ['["c","byte","/cart",null,"shop"]', 2],
      ['["g",null,null,null,"shop"]', 12],
      ['["d","millisecond","/",null,"shop"]', 187],
    ]),
  );
  expect(sums.size).toBe(5);
  expect(balance(setup)).toMatchObject({ recorded: 7, accounted: 7 });
});

test("values that are no finite numbers are dropped as invalid, and nothing throws", async () => {
  const setup = setUp(policies[1]?.[1]);
  const { metrics: verbs } = setup.client;
  const counter = verbs.createCounter("c", {
    get attributes(): never {
      throw new Error("from the application");
    },
  });
  for (const value of [NaN, Infinity, "1", null, {}]) counter.add(value as number);
  counter.add(1, {
    get attributes(): never {
      throw new Error("from the application");
    },
  });
  verbs.createGauge("g").set(undefined as never);
  verbs.createCounter(" ").add(1);
  verbs
    .createCounter(undefined as never)
    .with(null as never)
    .add(1);
  await setup.client.flush();
  expect(setup.transport.metrics).toMatchObject([{ name: "c", value: 1 }]);
  expect(setup.client.stats()).toMatchObject({ recorded: 9, dropped: { invalid: 8 } });
});

test("handles follow the current client: before init, after it, and after another one", async () => {
  const counter = metrics.createCounter("c", { attributes: { route: "/" } });
  counter.add(1);
  const first = setUp(policies[1]?.[1]);
  makeCurrent(first.client);
  counter.add(10);
  counter.add(10);
  await first.client.flush();
  expect(first.transport.metrics.map(({ value }) => value).sort((a, b) => a - b)).toEqual([1, 20]);
  const second = setUp();
  makeCurrent(second.client);
  counter.add(100);
  await second.client.flush();
  expect(second.transport.metrics.map(({ value }) => value)).toEqual([100]);
  await second.client.close();
  counter.add(1000);
  expect(getClient()?.stats().recorded).toBe(1);
});

test("changing the object that a handle was made with changes nothing", async () => {
  const { client, transport } = setUp();
  const attributes: Record<string, unknown> = { route: "/" };
  const counter = client.metrics.createCounter("c", { attributes });
  attributes["route"] = "/other";
  counter.add(1);
  await client.flush();
  expect(transport.metrics[0]?.attributes).toMatchObject({ route: "/" });
});

test("a handle that is folded by series has the attributes of the client, and the active trace", async () => {
  const traceId = "c".repeat(32);
  const { client, transport } = setUp({ ...policies[1]?.[1], traceSources: [() => ({ traceId })] });
  const counter = client.metrics.createCounter("c");
  client.withAttributes({ request: 1 }, () => counter.add(1));
  client.setAttributes({ app: "shop" });
  counter.add(1);
  await client.flush();
  counter.add(1);
  await client.flush();
  expect(transport.metrics).toMatchObject([
    { value: 2, traceId },
    { value: 1, traceId, attributes: { app: "shop" } },
  ]);
  expect(transport.metrics[0]?.attributes).not.toHaveProperty("request");
});

test("a handle that was made without room for its series has one once there is room", async () => {
  const { client, transport } = setUp({
    volume: [
      { match: "sum", policy: fold({ by: "series" }), maxSeries: 1 },
      { match: "depth", policy: fold({ by: "span" }), maxSeries: 1 },
    ],
  });
  client.metrics.count("sum", 1, { attributes: { user: 1 } });
  client.metrics.gauge("depth", 1, { attributes: { user: 1 } });
  const sum = client.metrics.createCounter("sum", { attributes: { user: 2 } });
  const depth = client.metrics.createGauge("depth", { attributes: { user: 2 } });
  sum.add(1);
  depth.set(1);
  await client.flush();
  sum.add(5);
  depth.set(5);
  await client.flush();
  const last = transport.metrics.filter(({ value }) => value === 5);
  expect(last.map(({ attributes }) => attributes)).toMatchObject([{ user: 2 }, { user: 2 }]);
});
