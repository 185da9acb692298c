import { describe, expect, test } from "vitest";
import type { ScopeLike } from "../../src/index.js";
import { setUp } from "../set-up.js";
import { sentryWith } from "./sentry-globals.js";

describe("a scope passed to the call", () => {
  const scope: ScopeLike = {
    getScopeData: () => ({ attributes: { scope: "given", shared: { value: "scope", unit: "x" } } }),
  };

  test("adds its attributes; those with value and unit add the value", async () => {
    const { client, transport, advanceInterval } = setUp();
    client.metrics.count("a", 1, { scope, attributes: { own: 1 } });
    await advanceInterval();
    expect(transport.metrics[0]?.attributes).toMatchObject({
      scope: "given",
      shared: "scope",
      own: 1,
    });
  });

  test("adds no empty and no inherited attributes", async () => {
    const { client, transport, advanceInterval } = setUp();
    const attributes: object = Object.assign(Object.create({ inherited: true }), {
      own: true,
      empty: { value: undefined, unit: "x" },
      none: { value: null },
    });
    client.metrics.count("a", 1, { scope: { getScopeData: () => ({ attributes }) } });
    await advanceInterval();
    const sent = transport.metrics[0]?.attributes ?? {};
    expect(Object.keys(sent).filter((key) => !key.startsWith("sentry."))).toEqual(["own"]);
  });

  test("replaces the current scope of a Sentry SDK", async () => {
    const global = sentryWith({ current: 1, scope: "current" }, { isolation: 1 });
    const { client, transport, advanceInterval } = setUp({}, { global });
    client.metrics.count("a", 1, { scope });
    await advanceInterval();
    expect(transport.metrics[0]?.attributes).toMatchObject({ scope: "given", isolation: 1 });
    expect(transport.metrics[0]?.attributes).not.toHaveProperty("current");
  });

  test("is skipped when it throws, and the metric is sent", async () => {
    const { client, transport, advanceInterval, warnings } = setUp();
    const broken: ScopeLike = {
      getScopeData: () => {
        throw new Error("broken scope");
      },
    };
    client.metrics.count("a", 1, { scope: broken, attributes: { own: 1 } });
    await advanceInterval();
    expect(transport.metrics[0]?.attributes["own"]).toBe(1);
    expect(warnings()).toEqual([expect.stringContaining("broken scope")]);
  });
});

describe("the user of a Sentry scope", () => {
  const user = { id: 7, username: "ada", email: "ada@example.com", ip_address: "1.2.3.4" };
  const global = sentryWith({}, {}, {}, user);

  test("is left out by default", async () => {
    const { client, transport, advanceInterval } = setUp({}, { global });
    client.metrics.count("a");
    await advanceInterval();
    expect(JSON.stringify(transport.metrics[0]?.attributes)).not.toMatch(/ada|user/);
  });

  test("is added with sendDefaultPii: true, without the IP address", async () => {
    const { client, transport, advanceInterval } = setUp({ sendDefaultPii: true }, { global });
    client.metrics.count("a");
    client.metrics.count("b", 1, { attributes: { "user.id": "mine" } });
    await advanceInterval();
    expect(transport.metrics[0]?.attributes).toMatchObject({
      "user.id": "7",
      "user.name": "ada",
      "user.email": "ada@example.com",
    });
    expect(transport.metrics[1]?.attributes["user.id"]).toBe("mine");
    expect(JSON.stringify(transport.metrics)).not.toContain("1.2.3.4");
  });
});

describe("the scopes of a Sentry SDK", () => {
  const list = ["a"];
  const attributes: Record<string, unknown> = { kept: 1, removed: 1, list };

  test("are read at each call, so that added, removed and changed attributes apply", async () => {
    const { client, transport, advanceInterval } = setUp({}, { global: sentryWith(attributes) });
    client.metrics.count("before");
    delete attributes["removed"];
    client.metrics.count("removed");
    attributes["added"] = { value: "text", unit: "none" };
    list.push("b");
    client.metrics.count("added");
    await advanceInterval();
    const [before, removed, added] = transport.metrics.map((metric) => metric.attributes);
    expect(before).toMatchObject({ kept: 1, removed: 1, list: ["a"] });
    expect(removed).toMatchObject({ kept: 1, list: ["a"] });
    expect(removed).not.toHaveProperty("removed");
    expect(added).toMatchObject({ kept: 1, added: "text", list: ["a", "b"] });
  });

  test("add attributes even with names such as __proto__", async () => {
    const named = JSON.parse('{"__proto__":"x","constructor":"y"}') as object;
    const { client, transport, advanceInterval } = setUp(
      {},
      { global: sentryWith({ own: 1 }, named) },
    );
    client.metrics.count("a");
    await advanceInterval();
    expect(Object.entries(transport.metrics[0]?.attributes ?? {})).toEqual(
      expect.arrayContaining([
        ["__proto__", "x"],
        ["constructor", "y"],
        ["own", 1],
      ]),
    );
  });

  test("are read once per call, for both trace and attributes", async () => {
    let reads = 0;
    const scope = {
      getClient: () => ({}),
      getScopeData: () => ({ attributes: { own: 1 } }),
      getPropagationContext: () => ({ traceId: "1".repeat(32) }),
    };
    const acs = { getCurrentScope: () => (reads++, scope), getIsolationScope: () => scope };
    const global = { __SENTRY__: { version: "11.0.0", "11.0.0": { acs } } };
    const { client, transport, advanceInterval } = setUp({}, { global });
    reads = 0;
    for (let i = 0; i < 3; i += 1) client.metrics.count("a");
    expect(reads).toBe(3);
    await advanceInterval();
    expect(transport.metrics).toMatchObject(
      Array.from({ length: 3 }, () => ({ traceId: "1".repeat(32), attributes: { own: 1 } })),
    );
  });
});
