import { describe, expect, test } from "vitest";
import type { Client } from "../../src/index.js";
import { setUp } from "../set-up.js";

const twice = (client: Client, call: (client: Client) => void): void => {
  call(client);
  call(client);
};

describe("in development, a warning is logged once per name", () => {
  test.each<[string, (client: Client) => void, string]>([
    [
      "when Sentry rewrites the name",
      ({ metrics }) => metrics.count("cart-total/eu west"),
      'Sentry will store the metric "cart-total/eu west" as "cart_total_eu_west"',
    ],
    [
      "when Sentry does not know the unit",
      ({ metrics }) => metrics.gauge("price", 1, { unit: "euro" }),
      'Sentry will store "price" without its unit "euro"',
    ],
    [
      "when two types have the same name",
      ({ metrics }) => {
        metrics.count("jobs");
        metrics.gauge("jobs", 1);
      },
      '"jobs" is recorded as counter and as gauge',
    ],
    [
      "when two units have the same name",
      ({ metrics }) => {
        metrics.gauge("size", 1, { unit: "byte" });
        metrics.gauge("size", 1, { unit: "kilobyte" });
      },
      '"size" is recorded as gauge in byte and as gauge in kilobyte',
    ],
    [
      "when the value is not a number",
      ({ metrics }) => metrics.gauge("depth", NaN),
      'The gauge "depth" was dropped: its value is NaN',
    ],
  ])("%s", (_label, call, text) => {
    const { client, warnings } = setUp({}, { development: true });
    twice(client, call);
    expect(warnings()).toEqual([expect.stringContaining(text)]);
  });
});

test("known units and valid names cause no warning", () => {
  const { client, lines } = setUp({}, { development: true });
  for (const unit of ["millisecond", "byte", "mebibyte", "ratio", "percent", "none", "week"])
    client.metrics.gauge(`in.${unit}`, 1, { unit });
  client.metrics.count("Checkout_2.started");
  expect(lines).toEqual([]);
});

test("a part of a known unit is not a known unit", () => {
  const { client, warnings } = setUp({}, { development: true });
  client.metrics.gauge("a", 1, { unit: "byte kilobyte" });
  client.metrics.gauge("b", 1, { unit: "sec" });
  expect(warnings()).toHaveLength(2);
});

test("production logs no warnings", () => {
  const { client, lines } = setUp();
  client.metrics.gauge("a-b", NaN);
  client.metrics.gauge("a-b", 1, { unit: "euro" });
  client.metrics.count("a-b");
  expect(lines).toEqual([]);
});

test("debug logs warnings and each step, in production too", async () => {
  const { client, lines, advanceInterval } = setUp({ debug: true });
  client.metrics.count("a-b", 3);
  await advanceInterval();
  expect(lines.filter(({ level }) => level === "warn")).toHaveLength(1);
  const steps = lines.filter(({ level }) => level === "log").map(({ text }) => text);
  expect(steps.join("\n")).toMatch(/recorded counter a-b 3[^]*1 metrics delivered/);
});

test("the number of warnings is bounded, however many names there are", () => {
  const { client, warnings } = setUp({}, { development: true });
  for (let i = 0; i < 5000; i += 1) client.metrics.count(`user-${i}`);
  expect(warnings().length).toBeLessThanOrEqual(500);
});

test("metrics are sent although the console throws", async () => {
  const fail = (): void => {
    throw new Error("no console");
  };
  const broken = { log: fail, warn: fail, error: fail };
  const { client, transport, advanceInterval } = setUp({ debug: true }, { console: broken });
  client.metrics.count("a-b");
  client.metrics.gauge("a", NaN);
  await advanceInterval();
  expect(transport.metrics.map(({ name }) => name)).toEqual(["a-b"]);
});

test("metrics of one name with different types or units are all sent unchanged", async () => {
  const { client, transport, advanceInterval } = setUp();
  for (let round = 0; round < 2; round += 1) {
    client.metrics.count("a");
    client.metrics.gauge("a", 2, { unit: "byte" });
    client.metrics.gauge("a", 3, { unit: "bit" });
    client.metrics.distribution("a", 4);
  }
  await advanceInterval();
  const once = [
    { type: "counter", value: 1 },
    { type: "gauge", value: 2, unit: "byte" },
    { type: "gauge", value: 3, unit: "bit" },
    { type: "distribution", value: 4 },
  ];
  expect(transport.metrics).toMatchObject([...once, ...once]);
});
