import { describe, expect, test } from "vitest";
import type { Client } from "../../src/index.js";
import { setUp } from "../set-up.js";

const twice = (client: Client, call: (client: Client) => void): void => {
  call(client);
  call(client);
};

describe("in development a developer is told, once for a name,", () => {
  test.each<[string, (client: Client) => void, string]>([
    [
      "that Sentry will rewrite it",
      ({ metrics }) => metrics.count("cart-total/eu west"),
      'Sentry will store the metric "cart-total/eu west" as "cart_total_eu_west"',
    ],
    [
      "that Sentry does not know its unit",
      ({ metrics }) => metrics.gauge("price", 1, { unit: "euro" }),
      'Sentry will store "price" without its unit "euro"',
    ],
    [
      "that another type has it",
      ({ metrics }) => {
        metrics.count("jobs");
        metrics.gauge("jobs", 1);
      },
      '"jobs" is recorded as counter and as gauge',
    ],
    [
      "that another unit has it",
      ({ metrics }) => {
        metrics.gauge("size", 1, { unit: "byte" });
        metrics.gauge("size", 1, { unit: "kilobyte" });
      },
      '"size" is recorded as gauge in byte and as gauge in kilobyte',
    ],
    [
      "that its value was no number",
      ({ metrics }) => metrics.gauge("depth", NaN),
      'The gauge "depth" was dropped: its value is NaN',
    ],
  ])("%s", (_what, call, text) => {
    const { client, warnings } = setUp({}, { development: true });
    twice(client, call);
    expect(warnings()).toEqual([expect.stringContaining(text)]);
  });
});

test("known units and plain names are no reason to speak", () => {
  const { client, lines } = setUp({}, { development: true });
  for (const unit of ["millisecond", "byte", "mebibyte", "ratio", "percent", "none", "week"])
    client.metrics.gauge(`in.${unit}`, 1, { unit });
  client.metrics.count("Checkout_2.started");
  expect(lines).toEqual([]);
});

test("a unit that is only part of a known one is not known", () => {
  const { client, warnings } = setUp({}, { development: true });
  client.metrics.gauge("a", 1, { unit: "byte kilobyte" });
  client.metrics.gauge("b", 1, { unit: "sec" });
  expect(warnings()).toHaveLength(2);
});

test("production stays silent", () => {
  const { client, lines } = setUp();
  client.metrics.gauge("a-b", NaN);
  client.metrics.gauge("a-b", 1, { unit: "euro" });
  client.metrics.count("a-b");
  expect(lines).toEqual([]);
});

test("debug speaks in production too, and tells each step", async () => {
  const { client, lines, advanceInterval } = setUp({ debug: true });
  client.metrics.count("a-b", 3);
  await advanceInterval();
  expect(lines.filter(({ level }) => level === "warn")).toHaveLength(1);
  const steps = lines.filter(({ level }) => level === "log").map(({ text }) => text);
  expect(steps.join("\n")).toMatch(/recorded counter a-b 3[^]*1 metrics delivered/);
});

test("a flood of names does not flood the console or the memory", () => {
  const { client, warnings } = setUp({}, { development: true });
  for (let i = 0; i < 5000; i += 1) client.metrics.count(`user-${i}`);
  expect(warnings().length).toBeLessThanOrEqual(500);
});

test("a console that throws changes nothing", async () => {
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

test("metrics of one name but another type or unit are all sent, each as it is", async () => {
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
