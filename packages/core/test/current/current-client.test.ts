import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type * as Core from "../../src/index.js";
import { resetProcessGlobals, setUp } from "../set-up.js";

type Facade = typeof Core;

/** Loads another copy of the package, as a process does that uses both the ESM and the CommonJS build. */
async function loadCopy(): Promise<Facade> {
  vi.resetModules();
  return (await import("../../src/index.js")) as Facade;
}

let core: Facade;
beforeEach(async () => {
  resetProcessGlobals();
  core = await loadCopy();
});
afterEach(resetProcessGlobals);

const names = ({ transport }: ReturnType<typeof setUp>): string[] =>
  transport.metrics.map(({ name }) => name);

describe("calls before init", () => {
  test("are recorded by init, with the time of the call", async () => {
    const before = Date.now();
    core.metrics.count("early", 2, { attributes: { a: 1 } });
    core.metrics.gauge("early.gauge", 3, { unit: "byte" });
    core.metrics.distribution("early.distribution", 4);
    const after = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 15));
    const { client, transport } = setUp();
    core.makeCurrent(client);
    core.metrics.count("later");
    await core.flush();
    expect(transport.metrics).toMatchObject([
      { name: "early", type: "counter", value: 2, attributes: { a: 1 } },
      { name: "early.gauge", type: "gauge", value: 3, unit: "byte" },
      { name: "early.distribution", type: "distribution", value: 4 },
      { name: "later" },
    ]);
    const time = (transport.metrics[0]?.timestamp ?? 0) * 1000;
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(after);
  });

  test("have the trace that was active at the call", async () => {
    const key = Symbol.for("opentelemetry.js.api.1");
    const context = { traceId: "a".repeat(32), spanId: "b".repeat(16) };
    const active = { getValue: () => ({ spanContext: () => context }) };
    Object.assign(globalThis, { [key]: { context: { active: () => active } } });
    core.metrics.count("early");
    Reflect.deleteProperty(globalThis, key);
    const { client, transport } = setUp();
    core.makeCurrent(client);
    await core.flush();
    expect(transport.metrics).toMatchObject([context]);
  });

  test("are copied at the call", async () => {
    const attributes = { text: "before", list: ["before"], deep: { a: "before" } };
    core.metrics.count("early", 1, { attributes: attributes as unknown as Core.Attributes });
    attributes.text = "after";
    attributes.list.push("after");
    attributes.deep.a = "after";
    const { client, transport } = setUp();
    core.makeCurrent(client);
    await core.flush();
    expect(transport.metrics[0]?.attributes).toMatchObject({
      text: "before",
      list: ["before"],
      deep: '{"a":"before"}',
    });
  });

  test("are buffered up to 100; later calls are dropped and reported as lost", async () => {
    for (let i = 0; i < 250; i += 1) core.metrics.count(`n${i}`);
    const setup = setUp();
    core.makeCurrent(setup.client);
    await core.flush();
    expect(names(setup)).toEqual(Array.from({ length: 100 }, (_, i) => `n${i}`));
    expect(setup.drops).toEqual([{ reason: "buffer_overflow", metrics: 150, bytes: 0 }]);
    expect(setup.client.stats()).toMatchObject({ recorded: 250, delivered: 100, pending: 0 });
  });

  test("beyond 100 are reported once, and not by a client that sends nothing", () => {
    for (let i = 0; i < 101; i += 1) core.metrics.count("a");
    const [idle, first] = [setUp({ enableMetrics: false }), setUp()];
    core.makeCurrent(idle.client);
    core.makeCurrent(first.client);
    expect([idle.drops, idle.client.stats().recorded]).toEqual([[], 0]);
    expect(first.drops).toEqual([]);
  });

  test("lose only the option whose getter throws", async () => {
    const options = {
      unit: "byte",
      get attributes(): never {
        throw new Error("hostile");
      },
    };
    core.metrics.gauge("a", 1, options);
    const { client, transport, drops } = setUp();
    core.makeCurrent(client);
    await core.flush();
    expect(transport.metrics).toMatchObject([{ name: "a", unit: "byte" }]);
    expect(drops).toEqual([]);
  });

  test.each<[string, () => unknown]>([
    ["returns nothing", () => undefined],
    [
      "throws",
      () => {
        throw new Error("hostile");
      },
    ],
  ])("have a timestamp even when Date.now %s", async (_label, now) => {
    const before = Date.now();
    vi.spyOn(Date, "now").mockImplementation(now as () => number);
    core.metrics.count("early");
    vi.restoreAllMocks();
    const { client, transport } = setUp();
    core.makeCurrent(client);
    await core.flush();
    const time = (transport.metrics[0]?.timestamp ?? 0) * 1000;
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  });

  test.each(["__SENTRY__", Symbol.for("spanmeter.traces"), Symbol.for("opentelemetry.js.api.1")])(
    "are buffered even when reading the global %o throws",
    async (key) => {
      const get = (): never => {
        throw new Error("hostile");
      };
      Object.defineProperty(globalThis, key, { get, configurable: true });
      core.metrics.count("early", 1, { attributes: { a: 1 } });
      Reflect.deleteProperty(globalThis, key);
      const { client, transport } = setUp();
      core.makeCurrent(client);
      await core.flush();
      expect(transport.metrics).toMatchObject([{ name: "early", attributes: { a: 1 } }]);
    },
  );

  test("with unknown options are warned about by the client that records them", () => {
    core.metrics.count("early", 1, { tags: { a: 1 } } as Core.MetricOptions);
    const { client, warnings } = setUp({}, { development: true });
    core.makeCurrent(client);
    expect(warnings()).toEqual([expect.stringContaining('The option "tags" of "early"')]);
  });

  test("do not have an attribute that was removed before init", async () => {
    core.setAttributes({ tenant: "a", region: "eu" });
    core.setAttributes({ tenant: undefined, region: null });
    core.setAttributes({ own: null });
    core.withAttributes({ other: undefined }, () => core.metrics.count("early"));
    const { client, transport } = setUp({ attributes: { own: 1, other: 1, kept: 1 } });
    core.makeCurrent(client);
    await core.flush();
    const { attributes } = transport.metrics[0] ?? {};
    expect(attributes).toMatchObject({ kept: 1 });
    for (const key of ["tenant", "region", "own", "other"])
      expect(attributes).not.toHaveProperty(key);
  });

  test("are recorded by one client only", async () => {
    core.metrics.count("early");
    const [first, second] = [setUp(), setUp()];
    core.makeCurrent(first.client);
    core.makeCurrent(second.client);
    await second.client.flush();
    expect(names(second)).toEqual([]);
  });

  test("never throw, whatever the arguments are", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const { client } = setUp();
    expect(() => {
      for (const hostile of [proxy, null, 5, "x", Symbol("x")]) {
        core.metrics.count(hostile as never, hostile as never, hostile as never);
        core.setAttributes(hostile as never);
      }
      core.makeCurrent(client);
    }).not.toThrow();
  });

  test("are checked when they are recorded", () => {
    core.metrics.gauge("bad", NaN);
    const { client } = setUp();
    core.makeCurrent(client);
    expect(client.stats().dropped).toEqual({ invalid: 1 });
  });
});

describe("the current client", () => {
  test("is undefined before init, and all functions are no-ops", async () => {
    expect(core.getClient()).toBeUndefined();
    expect(await core.flush()).toBe(true);
    expect(await core.close()).toBe(true);
    expect(core.withAttributes({ a: 1 }, () => "result")).toBe("result");
  });

  test("is the latest one; the previous one sends its metrics and closes", async () => {
    const [first, second] = [setUp(), setUp()];
    expect(core.makeCurrent(first.client)).toBe(first.client);
    core.metrics.count("a");
    core.makeCurrent(second.client);
    expect(core.getClient()).toBe(second.client);
    core.metrics.count("b");
    await core.flush();
    await first.clock.advance(0);
    expect([names(first), names(second)]).toEqual([["a"], ["b"]]);
    first.client.metrics.count("closed");
    expect(first.client.stats().recorded).toBe(1);
  });

  test("has the attributes that were set before init", async () => {
    core.setAttributes({ tenant: "a", region: "eu" });
    core.setAttributes({ tenant: "b" });
    const { client, transport } = setUp();
    core.makeCurrent(client);
    core.setAttributes({ later: 1 });
    core.withAttributes({ inside: 1 }, () => core.metrics.count("a"));
    await core.flush();
    expect(transport.metrics[0]?.attributes).toMatchObject({
      tenant: "b",
      region: "eu",
      later: 1,
      inside: 1,
    });
  });

  test("records nothing after close", async () => {
    const setup = setUp();
    core.makeCurrent(setup.client);
    core.metrics.count("a");
    expect(await core.close()).toBe(true);
    core.metrics.count("b");
    await setup.advanceInterval();
    expect(names(setup)).toEqual(["a"]);
  });

  test("is shared by all copies of the package in a process", async () => {
    core.metrics.count("from the first, early");
    const other = await loadCopy();
    expect(other.metrics).not.toBe(core.metrics);
    other.metrics.count("from the second, early");
    const setup = setUp();
    other.makeCurrent(setup.client);
    core.metrics.count("from the first");
    expect(core.getClient()).toBe(setup.client);
    await core.flush();
    expect(names(setup)).toEqual([
      "from the first, early",
      "from the second, early",
      "from the first",
    ]);
  });

  test.each([
    ["cannot be written", { value: undefined, writable: false }],
    [
      "throws when it is read",
      {
        get: () => {
          throw new Error("hostile");
        },
      },
    ],
  ])("belongs to one copy of the package when the global %s", async (_label, descriptor) => {
    for (const key of [Symbol.for("spanmeter.current"), Symbol.for("spanmeter.fallback")])
      Object.defineProperty(globalThis, key, { configurable: true, ...descriptor });
    core.metrics.count("early");
    core.metrics.count("early");
    const setup = setUp();
    core.makeCurrent(setup.client);
    core.metrics.count("later");
    await core.flush();
    expect(names(setup)).toEqual(["early", "early", "later"]);
    expect(new Set(setup.transport.metrics.map(({ traceId }) => traceId)).size).toBe(1);
  });
});

describe("without init, one warning is logged", () => {
  beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => {}));
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
  const warned = (): unknown[] => vi.mocked(console.warn).mock.calls.flat();

  test("when calls are dropped", () => {
    for (let i = 0; i < 100; i += 1) core.metrics.count("a");
    expect(warned()).toEqual([]);
    for (let i = 0; i < 100; i += 1) core.metrics.count("a");
    expect(warned()).toEqual([
      expect.stringContaining("101 metrics wait for init(), which was not called"),
    ]);
  });

  test.each(["flush", "close"] as const)("when %s is called", async (name) => {
    await core[name]();
    expect(warned()).toEqual([]);
    core.metrics.count("a");
    await core[name]();
    await core[name]();
    expect(warned()).toEqual([expect.stringContaining("Call init({ dsn })")]);
  });

  test("but not in production", async () => {
    vi.stubEnv("NODE_ENV", "production");
    for (let i = 0; i < 200; i += 1) core.metrics.count("a");
    await core.flush();
    expect(warned()).toEqual([]);
  });
});
