import { describe, expect, test } from "vitest";
import type { ScopeLike } from "../../src/index.js";
import { setUp } from "../set-up.js";
import { sentryWith } from "./sentry-globals.js";

describe("a scope handed to the call", () => {
  const scope: ScopeLike = {
    getScopeData: () => ({ attributes: { scope: "given", shared: { value: "scope", unit: "x" } } }),
  };

  test("lends its attributes, whose objects of value and unit give the value", async () => {
    const { client, transport, leave } = setUp();
    client.metrics.count("a", 1, { scope, attributes: { own: 1 } });
    await leave();
    expect(transport.metrics[0]?.attributes).toMatchObject({
      scope: "given",
      shared: "scope",
      own: 1,
    });
  });

  test("stands in for the current scope of a Sentry SDK", async () => {
    const global = sentryWith({ current: 1, scope: "current" }, { isolation: 1 });
    const { client, transport, leave } = setUp({}, { global });
    client.metrics.count("a", 1, { scope });
    await leave();
    expect(transport.metrics[0]?.attributes).toMatchObject({ scope: "given", isolation: 1 });
    expect(transport.metrics[0]?.attributes).not.toHaveProperty("current");
  });

  test("that throws costs its attributes, not the metric", async () => {
    const { client, transport, leave, complaints } = setUp();
    const broken: ScopeLike = {
      getScopeData: () => {
        throw new Error("broken scope");
      },
    };
    client.metrics.count("a", 1, { scope: broken, attributes: { own: 1 } });
    await leave();
    expect(transport.metrics[0]?.attributes["own"]).toBe(1);
    expect(complaints()).toEqual([expect.stringContaining("broken scope")]);
  });
});

describe("the user of a Sentry scope", () => {
  const user = { id: 7, username: "ada", email: "ada@example.com", ip_address: "1.2.3.4" };
  const global = sentryWith({}, {}, {}, user);

  test("is left out unless it was asked for", async () => {
    const { client, transport, leave } = setUp({}, { global });
    client.metrics.count("a");
    await leave();
    expect(JSON.stringify(transport.metrics[0]?.attributes)).not.toMatch(/ada|user/);
  });

  test("is added with sendDefaultPii, without the IP address", async () => {
    const { client, transport, leave } = setUp({ sendDefaultPii: true }, { global });
    client.metrics.count("a");
    client.metrics.count("b", 1, { attributes: { "user.id": "mine" } });
    await leave();
    expect(transport.metrics[0]?.attributes).toMatchObject({
      "user.id": "7",
      "user.name": "ada",
      "user.email": "ada@example.com",
    });
    expect(transport.metrics[1]?.attributes["user.id"]).toBe("mine");
    expect(JSON.stringify(transport.metrics)).not.toContain("1.2.3.4");
  });
});
