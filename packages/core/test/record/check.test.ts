import { describe, expect, test } from "vitest";
import type { Metrics } from "../../src/index.js";
import { setUp } from "../set-up.js";

type AnyMetrics = { [verb in keyof Metrics]: (...args: unknown[]) => void };
const untyped = (metrics: Metrics): AnyMetrics => metrics as unknown as AnyMetrics;

describe("a call is dropped as invalid", () => {
  test.each<[string, unknown[], string]>([
    ["NaN", ["a", NaN], 'The gauge "a" was dropped: its value is NaN, not a finite number'],
    ["Infinity", ["a", Infinity], "its value is Infinity, not a finite number"],
    ["-Infinity", ["a", -Infinity], "its value is -Infinity, not a finite number"],
    ["text as value", ["a", "5"], 'its value is the text "5", not a finite number'],
    ["null as value", ["a", null], "not a finite number"],
    ["a bigint as value", ["a", 5n], "its value is a bigint, not a finite number"],
    ["an object as value", ["a", {}], "its value is an object, not a finite number"],
    ["a blank name", ["  ", 1], 'its name is the text "  "; it must be text that is not blank'],
    ["an empty name", ["", 1], 'its name is the text ""'],
    ["no name", [undefined, 1], "its name is undefined; it must be text"],
    ["a symbol as name", [Symbol("a"), 1], "its name is a symbol; it must be text"],
    ["an object as name", [{}, 1], "its name is an object; it must be text"],
  ])("for %s", async (_label, args, warning) => {
    const { client, drops, warnings, transport, advanceInterval } = setUp(
      {},
      { development: true },
    );
    untyped(client.metrics).gauge(...args);
    expect(warnings()).toEqual([expect.stringContaining(warning)]);
    expect(client.stats()).toMatchObject({ recorded: 1, pending: 0, dropped: { invalid: 1 } });
    expect(drops).toMatchObject([{ reason: "invalid", metrics: 1 }]);
    await advanceInterval();
    expect(transport.metrics).toEqual([]);
  });

  test("and onDrop receives its name, if it has one", () => {
    const { client, drops } = setUp();
    client.metrics.gauge("queue.depth", NaN);
    untyped(client.metrics).count(7);
    expect(drops).toEqual([
      { reason: "invalid", metrics: 1, bytes: expect.any(Number), name: "queue.depth" },
      { reason: "invalid", metrics: 1, bytes: expect.any(Number) },
    ]);
  });
});

describe("a call is sent", () => {
  test.each([0, -0, -1, 0.1, 1e-300, 1e300, Number.MAX_SAFE_INTEGER, 2 ** 60, 2 ** 64])(
    "with the value %d unchanged",
    async (value) => {
      const { client, transport, advanceInterval } = setUp();
      client.metrics.distribution("a", value);
      await advanceInterval();
      expect(transport.metrics[0]?.value).toBe(value === 0 ? 0 : value);
    },
  );

  test("with the value 1 when a counter has none", async () => {
    const { client, transport, advanceInterval } = setUp();
    client.metrics.count("a");
    client.metrics.count("b", undefined, { unit: "byte" });
    await advanceInterval();
    expect(transport.metrics).toMatchObject([
      { type: "counter", name: "a", value: 1 },
      { type: "counter", name: "b", value: 1, unit: "byte" },
    ]);
  });

  test("with its name unchanged, even if Sentry rewrites it", async () => {
    const { client, transport, advanceInterval } = setUp();
    client.metrics.count("Größe/a-b c😀");
    await advanceInterval();
    expect(transport.metrics[0]?.name).toBe("Größe/a-b c😀");
  });

  test("without a unit when the unit is empty or not a string", async () => {
    const { client, transport, advanceInterval, warnings } = setUp({}, { development: true });
    untyped(client.metrics).gauge("a", 1, { unit: "" });
    untyped(client.metrics).gauge("b", 1, { unit: 5 });
    await advanceInterval();
    expect(transport.metrics.map((metric) => "unit" in metric)).toEqual([false, false]);
    expect(warnings()).toEqual([expect.stringContaining('The unit of "b" must be text')]);
  });
});
