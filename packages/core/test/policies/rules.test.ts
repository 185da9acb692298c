import { describe, expect, test } from "vitest";
import {
  attributeRules,
  fold,
  keyedHash,
  raw,
  reservoir,
  sample,
  type Options,
} from "../../src/index.js";
import { setUp } from "../set-up.js";

/** The attributes that one call is sent with, but for those that every metric has. */
async function sentAttributes(options: Options, attributes: object): Promise<object> {
  const { client, transport } = setUp(options);
  client.metrics.count("a", 1, { attributes: attributes as Record<string, unknown> });
  await client.flush();
  const [metric] = transport.metrics;
  return Object.fromEntries(
    Object.entries(metric?.attributes ?? {}).filter(([key]) => !key.startsWith("sentry.")),
  );
}

describe("attributeRules", () => {
  test.each<[string, Options, object]>([
    [
      "deny",
      { attributeRules: attributeRules({ deny: ["url", "user.*", /^x-/] }) },
      { route: "/" },
    ],
    ["allow", { attributeRules: attributeRules({ allow: ["route"] }) }, { route: "/" }],
    [
      "of a rule come before those of the client",
      {
        attributeRules: attributeRules({ deny: ["x-a"] }),
        volume: [
          {
            match: "a",
            policy: raw(),
            attributeRules: attributeRules({ deny: ["url", "user.*"] }),
          },
        ],
      },
      { route: "/" },
    ],
    [
      "a function that throws leaves the attribute out",
      {
        attributeRules: attributeRules({
          hash(key) {
            if (key !== "route") throw new Error("from the application");
            return "changed";
          },
        }),
      },
      { route: "changed" },
    ],
  ])("%s", async (_label, options, expected) => {
    const given = { url: "/?secret", route: "/", "user.id": 7, "x-a": true };
    expect(await sentAttributes(options, given)).toEqual(expected);
  });

  test("apply to the attributes of the client and of withAttributes, not to those of the SDK", async () => {
    const { client, transport } = setUp({
      release: "1.0",
      attributes: { "user.id": 1, shop: "eu" },
      attributeRules: attributeRules({ allow: ["shop"] }),
    });
    client.withAttributes({ request: 5 }, () => client.metrics.count("a"));
    await client.flush();
    expect(Object.keys(transport.metrics[0]?.attributes ?? {}).sort()).toEqual([
      "sentry.release",
      "sentry.sdk.name",
      "sentry.sdk.version",
      "sentry.timestamp.sequence",
      "shop",
    ]);
  });

  test("fold calls together that differ in what is left out only", async () => {
    const { client, transport } = setUp({
      volume: [
        {
          match: "*",
          policy: fold({ by: "series" }),
          attributeRules: attributeRules({ deny: ["id"] }),
        },
      ],
    });
    for (let id = 0; id < 5000; id++)
      client.metrics.count("a", 1, { attributes: { id, route: "/" } });
    await client.flush();
    expect(transport.metrics.map(({ value }) => value)).toEqual([5000]);
  });
});

describe("keyedHash", () => {
  const hash = keyedHash({ secret: "s3cret", attributes: ["user.id"] });

  test("replaces values by 16 hex digits, the same ones for equal values and secrets", () => {
    expect(hash("user.id", "ada")).toMatch(/^[0-9a-f]{16}$/);
    expect(hash("user.id", "ada")).toBe(
      keyedHash({ secret: "s3cret", attributes: ["user.*"] })("user.id", "ada"),
    );
    expect(hash("user.id", "ada")).not.toBe(hash("user.id", "adb"));
    expect(hash("route", "/")).toBe("/");
    const other = keyedHash({ secret: "other", attributes: ["user.id"] });
    expect(hash("user.id", "ada")).not.toBe(other("user.id", "ada"));
  });

  test("without a secret leaves the attributes out", () => {
    const { error } = console;
    const logged: unknown[] = [];
    console.error = (...words) => void logged.push(words.join(" "));
    const change = keyedHash({ secret: undefined as never, attributes: ["user.id"] });
    console.error = error;
    expect(change("user.id", "ada")).toBeUndefined();
    expect(change("route", "/")).toBe("/");
    expect(logged).toEqual([expect.stringContaining("keyedHash() needs a secret")]);
  });
});

test.each<[Options["defaultAttributes"], string[]]>([
  [
    undefined,
    [
      "sentry.environment",
      "sentry.release",
      "sentry.sdk.name",
      "sentry.sdk.version",
      "server.address",
    ],
  ],
  ["slim", ["sentry.environment", "sentry.release"]],
  [["server.address"], ["server.address"]],
  [[], []],
])("defaultAttributes: %j", async (defaultAttributes, names) => {
  const { client, transport } = setUp({
    defaultAttributes,
    release: "1",
    environment: "test",
    serverName: "web-1",
  });
  client.metrics.count("a");
  await client.flush();
  expect(Object.keys(transport.metrics[0]?.attributes ?? {}).sort()).toEqual(
    [...names, "sentry.timestamp.sequence"].sort(),
  );
});

test.each<[string, unknown, string]>([
  ["no rule", 5, "volume[0] was ignored: it must be an object"],
  [
    "no match",
    { policy: raw() },
    'volume[0] was ignored: "match" must be text, a RegExp or a function',
  ],
  [
    "no policy",
    { match: "a" },
    'volume[0] was ignored: "policy" must be raw(), fold(), sample() or reservoir()',
  ],
  [
    "a rate above 1",
    { match: "a", policy: sample(2) },
    "volume[0]: the rate of sample() must be above 0 and at most 1; 1 is used",
  ],
  [
    "a small reservoir",
    { match: "a", policy: reservoir({ size: 2 }) },
    'volume[0]: "size" must be at least 3; 100 is used',
  ],
  [
    "a wrong interval",
    { match: "a", policy: fold({ interval: 0 }) },
    'volume[0]: "interval" must be at least 1; 10000 is used',
  ],
  [
    "a wrong by",
    { match: "a", policy: fold({ by: "page" as never }) },
    'volume[0]: "by" must be span, trace or series; span is used',
  ],
])("an invalid rule is logged, and calls are recorded: %s", async (_label, rule, message) => {
  const { client, transport, warnings } = setUp({
    volume: [rule as never, { match: "*", policy: raw() }],
  });
  client.metrics.count("a");
  await client.flush();
  expect(transport.metrics).toHaveLength(1);
  expect(warnings()).toEqual([`[spanmeter] ${message}`]);
});

test("a rule whose function throws matches nothing", async () => {
  const { client, transport } = setUp({
    volume: [
      {
        match: () => {
          throw new Error("from the application");
        },
        policy: sample(0.000_001),
      },
    ],
  });
  client.metrics.count("a");
  await client.flush();
  expect(transport.metrics).toHaveLength(1);
});

test("series beyond maxSeries share one, and the attribute with the most values is named", async () => {
  const { client, transport, warnings } = setUp(
    {
      volume: [{ match: "a", policy: fold({ by: "series" }), maxSeries: 10 }],
    },
    { development: true },
  );
  for (let i = 0; i < 1000; i++)
    client.metrics.count("a", 1, { attributes: { user: i % 50, route: i % 2 ? "/" : "/cart" } });
  await client.flush();
  const sent = transport.metrics;
  expect(sent).toHaveLength(11);
  expect(sent.reduce((sum, { value }) => sum + value, 0)).toBe(1000);
  expect(sent.filter(({ attributes }) => attributes["spanmeter.overflow"])).toMatchObject([
    { value: 800 },
  ]);
  expect(warnings()).toEqual([
    '[spanmeter] "a" has more than 10 series at a time (maxSeries): later ones share one without attributes. The attribute "user" has 10 values; deny it with attributeRules.',
  ]);
});

test.each(["span", "trace"] as const)(
  "series beyond maxSeries share one item by %s, too",
  async (by) => {
    const { client, transport } = setUp({
      volume: [{ match: "a", policy: fold({ by }), maxSeries: 2 }],
    });
    for (let i = 0; i < 100; i++) {
      const digits = i.toString(16).padStart(2, "0");
      const trace = { traceId: digits.repeat(16), spanId: `1${digits}`.padEnd(16, "1") };
      client.metrics.count("a", 1, { trace, attributes: { user: i } });
    }
    await client.flush();
    expect(transport.metrics.map(({ value }) => value)).toEqual([1, 1, 98]);
  },
);

describe("a call that is not folded keeps its attributes beyond maxSeries", () => {
  const volume = [{ match: "a", policy: fold({ by: "series" }), maxSeries: 1 }];

  test("with a time of its own", async () => {
    const { client, transport } = setUp({ volume });
    client.metrics.count("a", 1, { attributes: { user: 1 } });
    client.metrics.count("a", 2, { attributes: { user: 2 }, timestamp: 1_700_000_000 });
    await client.flush();
    expect(transport.metrics.find(({ value }) => value === 2)?.attributes).toMatchObject({
      user: 2,
    });
  });

  test("while a page ends", async () => {
    let isEnding = false;
    const { client, transport } = setUp({ volume }, { isEnding: () => isEnding });
    client.metrics.count("a", 1, { attributes: { user: 1 } });
    isEnding = true;
    client.metrics.count("a", 2, { attributes: { user: 2 } });
    await client.flush();
    expect(transport.metrics.find(({ value }) => value === 2)?.attributes).toMatchObject({
      user: 2,
    });
  });

  test("with a rate of the application", async () => {
    const { client, transport } = setUp({ volume });
    client.metrics.count("a", 1, { attributes: { user: 1 } });
    for (const user of [2, 3])
      client.metrics.count("a", 1, { attributes: { user, "sentry.client_sample_rate": 0.5 } });
    await client.flush();
    expect(transport.metrics.map(({ attributes }) => attributes)).toMatchObject([
      { user: 1 },
      { "spanmeter.overflow": true, "sentry.client_sample_rate": 0.5 },
    ]);
  });
});
