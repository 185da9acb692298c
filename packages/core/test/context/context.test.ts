import { allParts } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import type { Attributes } from "../../src/index.js";
import { setUp } from "../set-up.js";
import { sentryWith } from "./sentry-globals.js";

/** The sources of attributes, from the highest precedence to the lowest. */
const LEVELS = ["call", "within", "client", "current", "isolation", "global", "defaults"] as const;
type Level = (typeof LEVELS)[number];
const KEY = "sentry.release";

async function winnerOf(levels: readonly Level[]): Promise<unknown> {
  const attributesOf = (level: Level): Record<string, string> =>
    levels.includes(level) ? { [KEY]: level } : { [`other.${level}`]: "x" };
  const { client, transport, advanceInterval } = setUp(
    {
      attributes: attributesOf("client"),
      ...(levels.includes("defaults") && { release: "defaults" }),
    },
    {
      global: sentryWith(
        attributesOf("current"),
        attributesOf("isolation"),
        attributesOf("global"),
      ),
    },
  );
  client.withAttributes(attributesOf("within"), () =>
    client.metrics.count("a", 1, { attributes: attributesOf("call") }),
  );
  await advanceInterval();
  return transport.metrics[0]?.attributes[KEY];
}

describe("attributes of higher precedence win", () => {
  const pairs = LEVELS.flatMap((high, i) => LEVELS.slice(i + 1).map((low) => [high, low] as const));

  test.each(pairs)("%s over %s", async (high, low) => {
    expect(await winnerOf([high, low])).toBe(high);
  });

  test("the highest of all levels over the others", async () => {
    for (let i = 0; i < LEVELS.length; i += 1)
      expect(await winnerOf(LEVELS.slice(i))).toBe(LEVELS[i]);
  });
});

test("attributes of every level are sent together", async () => {
  const { client, transport, advanceInterval } = setUp(
    { attributes: { client: 1 } },
    { global: sentryWith({ current: 1 }, { isolation: 1 }, { global: 1 }) },
  );
  client.setAttributes({ later: 1 });
  client.withAttributes({ outer: 1, both: "outer" }, () =>
    client.withAttributes({ inner: 1, both: "inner" }, () =>
      client.metrics.count("a", 1, { attributes: { call: 1 } }),
    ),
  );
  await advanceInterval();
  expect(transport.metrics[0]?.attributes).toMatchObject({
    call: 1,
    inner: 1,
    outer: 1,
    both: "inner",
    client: 1,
    later: 1,
    current: 1,
    isolation: 1,
    global: 1,
  });
});

test("the defaults are release, environment, SDK and, if there is one, the server's address", async () => {
  const { client, transport, advanceInterval } = setUp({
    release: "1.0",
    environment: "test",
    serverName: "h",
  });
  const withoutOptions = setUp();
  client.metrics.count("a");
  withoutOptions.client.metrics.count("a");
  await Promise.all([advanceInterval(), withoutOptions.advanceInterval()]);
  const sdk = {
    "sentry.sdk.name": "spanmeter.javascript.fake",
    "sentry.sdk.version": expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
    "sentry.timestamp.sequence": 0,
  };
  expect(transport.metrics[0]?.attributes).toEqual({
    "sentry.release": "1.0",
    "sentry.environment": "test",
    "server.address": "h",
    ...sdk,
  });
  expect(withoutOptions.transport.metrics[0]?.attributes).toEqual(sdk);
});

test("serverName: false leaves out the platform's host name", async () => {
  const { client, transport, advanceInterval, platform } = setUp({ serverName: false });
  const named = { ...platform.defaults, serverName: "host" };
  const withName = setUp({}, { defaults: named });
  const without = setUp({ serverName: false }, { defaults: named });
  for (const each of [client, withName.client, without.client]) each.metrics.count("a");
  await Promise.all([advanceInterval(), withName.advanceInterval(), without.advanceInterval()]);
  expect(transport.metrics[0]?.attributes).not.toHaveProperty("server.address");
  expect(withName.transport.metrics[0]?.attributes).toMatchObject({ "server.address": "host" });
  expect(without.transport.metrics[0]?.attributes).not.toHaveProperty("server.address");
});

test("attributes are copied at the call", async () => {
  const { client, transport, advanceInterval } = setUp();
  const list = ["x"];
  const deep = { inner: "before" };
  const attributes: Record<string, unknown> = { text: "before", list, deep };
  client.metrics.count("a", 1, { attributes: attributes as Attributes });
  attributes["text"] = "after";
  attributes["late"] = 1;
  list.push("y");
  deep.inner = "after";
  await advanceInterval();
  expect(transport.metrics[0]?.attributes).toMatchObject({
    text: "before",
    list: ["x"],
    deep: '{"inner":"before"}',
  });
  expect(transport.metrics[0]?.attributes).not.toHaveProperty("late");
});

test("setAttributes applies to metrics recorded afterwards", async () => {
  const { client, transport, advanceInterval } = setUp();
  const attributes: Record<string, string> = { tenant: "a" };
  client.metrics.count("before");
  client.setAttributes(attributes);
  attributes["tenant"] = "changed";
  client.metrics.count("between");
  client.setAttributes({ tenant: "b" });
  client.metrics.count("after");
  await advanceInterval();
  expect(transport.metrics.map(({ attributes }) => attributes["tenant"])).toEqual([
    undefined,
    "a",
    "b",
  ]);
});

describe("attributes of undefined or null", () => {
  const all = { tenant: "a", region: "eu" };
  async function attributesOf(act: (setup: ReturnType<typeof setUp>) => void, global: object = {}) {
    const setup = setUp({ attributes: all, serverName: "host" }, { global });
    act(setup);
    setup.client.metrics.count("last");
    await setup.advanceInterval();
    return setup.transport.metrics.map(({ attributes }) => attributes);
  }

  test.each([undefined, null])("remove the attribute with setAttributes: %s", async (empty) => {
    const [first, last] = await attributesOf(({ client }) => {
      client.metrics.count("first");
      client.setAttributes({ tenant: empty, "server.address": empty });
    });
    expect(first).toMatchObject({ ...all, "server.address": "host" });
    expect(last).toMatchObject({ region: "eu" });
    expect(last).not.toHaveProperty("tenant");
    expect(last).not.toHaveProperty("server.address");
  });

  test("remove the attribute until it is set again", async () => {
    const [last] = await attributesOf(({ client }) => {
      client.setAttributes({ tenant: undefined });
      client.setAttributes({ tenant: "b" });
    });
    expect(last).toMatchObject({ tenant: "b" });
  });

  test.each([undefined, null])("remove the attribute inside withAttributes: %s", async (empty) => {
    const scopes = sentryWith({ scoped: 1 });
    const [inside, inner, last] = await attributesOf(({ client }) => {
      client.withAttributes({ tenant: empty, scoped: empty, around: 1 }, () => {
        client.metrics.count("inside");
        client.withAttributes({ tenant: "b", around: empty }, () => client.metrics.count("inner"));
      });
    }, scopes);
    expect(inside).toMatchObject({ region: "eu", around: 1 });
    expect(inside).not.toHaveProperty("tenant");
    expect(inside).not.toHaveProperty("scoped");
    expect(inner).toMatchObject({ tenant: "b" });
    expect(inner).not.toHaveProperty("around");
    expect(last).toMatchObject({ tenant: "a", scoped: 1 });
  });

  test.each([undefined, null])("are ignored in a call and remove nothing: %s", async (empty) => {
    const [call] = await attributesOf(({ client }) =>
      client.metrics.count("call", 1, { attributes: { tenant: empty, other: empty } }),
    );
    expect(call).toMatchObject(all);
    expect(call).not.toHaveProperty("other");
  });

  test("differ from values that cannot be sent, which remove nothing", async () => {
    const [last] = await attributesOf(({ client }) =>
      client.setAttributes({ tenant: (() => 1) as never }),
    );
    expect(last).toMatchObject(all);
  });
});

describe("when a part of the platform throws, the rest of the metric is sent:", () => {
  const fail = (): never => {
    throw new Error("hostile");
  };
  const scopes = sentryWith({ current: 1 }, { isolation: 1 }, { global: 1 });

  test.each([
    ["createAttributeContext", { createAttributeContext: fail }],
    [
      "its storage",
      {
        createAttributeContext: () => ({
          run: (_: unknown, fn: () => unknown) => fn(),
          current: fail,
        }),
      },
    ],
    ["createTraceSource", { parts: [...allParts(), { createTraceSource: fail }] }],
    ["a trace source", { parts: [...allParts(), { createTraceSource: () => fail }] }],
    ["the attributes of the moment", { parts: allParts({ readMoment: fail }) }],
    ["the start", { start: fail }],
  ])("%s", async (_label, parts) => {
    const { client, transport, advanceInterval } = setUp(
      {},
      { global: scopes, ...(parts as object) },
    );
    client.withAttributes({ around: 1 }, () =>
      client.metrics.count("a", 1, { attributes: { own: 1 } }),
    );
    await advanceInterval();
    expect(transport.metrics[0]?.attributes).toMatchObject({
      own: 1,
      current: 1,
      isolation: 1,
      global: 1,
    });
  });

  test.each([
    [
      "an attribute of a Sentry scope",
      {
        get bad() {
          return fail();
        },
        good: 1,
      },
      1,
    ],
    ["a list of attributes", new Proxy({}, { ownKeys: fail }), undefined],
  ])("%s", async (_label, current, good) => {
    const global = sentryWith(current, { isolation: 1 }, { global: 1 });
    const { client, transport, advanceInterval } = setUp({}, { global });
    client.metrics.count("a");
    await advanceInterval();
    expect(transport.metrics[0]?.attributes).toMatchObject({ isolation: 1, global: 1 });
    expect(transport.metrics[0]?.attributes["good"]).toBe(good);
    expect(transport.metrics[0]?.traceId).toBe("1".repeat(32));
  });

  test.each<[string, object]>([
    ["__SENTRY__", Object.defineProperty({}, "__SENTRY__", { get: fail })],
    [
      "the global of OpenTelemetry",
      Object.defineProperty({}, Symbol.for("opentelemetry.js.api.1"), { get: fail }),
    ],
  ])("%s", async (_label, global) => {
    const { client, transport, advanceInterval } = setUp({ attributes: { own: 1 } }, { global });
    client.metrics.count("a");
    await advanceInterval();
    expect(transport.metrics[0]?.attributes).toMatchObject({ own: 1 });
  });
});

test("withAttributes ends with its function, across await and when it throws", async () => {
  const { client, transport, advanceInterval } = setUp();
  const result = await client.withAttributes({ job: 1 }, async () => {
    await Promise.resolve();
    client.metrics.count("inside");
    return "result";
  });
  expect(result).toBe("result");
  expect(() =>
    client.withAttributes({ job: 2 }, () => {
      throw new Error("from the application");
    }),
  ).toThrow("from the application");
  client.metrics.count("outside");
  await advanceInterval();
  expect(transport.metrics.map(({ attributes }) => attributes["job"])).toEqual([1, undefined]);
});

test("every kind of value has its type on the wire", async () => {
  const { client, transport, advanceInterval } = setUp();
  const attributes = {
    text: "x",
    flag: true,
    whole: 5,
    negative: -5,
    part: 0.5,
    large: 2 ** 53,
    huge: 1e300,
    list: [1, 2.5],
    texts: ["a"],
    none: [],
    object: { a: 1 },
    big: 10n ** 20n,
    infinite: Infinity,
  };
  client.metrics.count("a", 1, { attributes: attributes as unknown as Attributes });
  await advanceInterval();
  expect(transport.metrics[0]?.attributeTypes).toMatchObject({
    text: "string",
    flag: "boolean",
    whole: "integer",
    negative: "integer",
    part: "double",
    large: "double",
    huge: "double",
    list: "array",
    texts: "array",
    none: "array",
    object: "string",
    big: "string",
    infinite: "string",
  });
});

test("the application's attributes win over those of the moment", async () => {
  const readMoment = () => ({ "sentry.replay_id": "r", mine: "moment" });
  const { client, transport, advanceInterval } = setUp(
    { attributes: { mine: "client" } },
    { parts: allParts({ readMoment }), global: sentryWith({}) },
  );
  client.metrics.count("a");
  await advanceInterval();
  expect(transport.metrics[0]?.attributes).toMatchObject({
    "sentry.replay_id": "r",
    mine: "client",
  });
});
