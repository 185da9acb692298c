import { describe, expect, test } from "vitest";
import type { Options, Platform } from "../../src/index.js";
import { setUp, type SetUp } from "../set-up.js";

const THEIR_DSN = "https://theirs@o1.ingest.sentry.io/7";
const THEIR_URL = "https://o1.ingest.sentry.io/api/7/envelope/";

/** The globals of a Sentry SDK that a test can initialise, several times. */
function sentryGlobal() {
  let client: object | undefined;
  const scope = {
    getClient: () => client,
    getPropagationContext: () => ({ traceId: "1".repeat(32) }),
  };
  return {
    global: {
      __SENTRY__: { version: "11.0.0", "11.0.0": { acs: { getCurrentScope: () => scope } } },
    },
    init: (options: object) => void (client = { getOptions: () => options }),
  };
}

function setUpBeside(options: Options = {}, overrides: Partial<Platform> = {}) {
  const sentry = sentryGlobal();
  const setUpClient = (): SetUp =>
    setUp({ dsn: undefined, ...options }, { global: sentry.global, ...overrides });
  return { ...sentry, setUpClient };
}

const urls = ({ transport }: SetUp): (string | undefined)[] =>
  transport.created.map(({ url }) => url.split("?")[0]);
const valuesOf = ({ transport }: SetUp, key: string): unknown[] =>
  transport.metrics.map(({ attributes }) => attributes[key]);

describe("the options of a Sentry SDK", () => {
  test("are the defaults of a client that is created after it", async () => {
    const { init, setUpClient } = setUpBeside();
    init({ dsn: THEIR_DSN, release: "1", environment: "test", dist: "2" });
    const setup = setUpClient();
    setup.client.metrics.count("a");
    await setup.advanceInterval();
    expect(urls(setup)).toEqual([THEIR_URL]);
    expect(setup.transport.metrics[0]?.attributes).toMatchObject({
      "sentry.release": "1",
      "sentry.environment": "test",
      "sentry.dist": "2",
    });
    expect(setup.client.options).toMatchObject({ dsn: THEIR_DSN, release: "1" });
  });

  test("apply to calls that were recorded before the SDK was initialised", async () => {
    const { init, setUpClient } = setUpBeside();
    const { client, transport, clock, advanceInterval } = setUpClient();
    const at = clock.now();
    client.withAttributes({ job: "import" }, () =>
      client.metrics.count("a", 2, { attributes: { a: 1 } }),
    );
    await clock.advance(2000);
    init({ dsn: THEIR_DSN, release: "1" });
    await advanceInterval();
    expect(transport.metrics).toMatchObject([{ name: "a", value: 2, timestamp: at / 1000 }]);
    expect(transport.metrics[0]?.attributes).toMatchObject({
      a: 1,
      job: "import",
      "sentry.release": "1",
    });
    expect(client.stats()).toMatchObject({ recorded: 1, delivered: 1 });
  });

  test.each<[string, (setup: SetUp) => unknown]>([
    ["the next call", (setup) => (setup.client.metrics.count("b"), setup.advanceInterval())],
    ["flush()", (setup) => setup.client.flush()],
    ["close()", (setup) => setup.client.close()],
  ])("are read at %s, however late it is", async (_label, act) => {
    const { init, setUpClient } = setUpBeside();
    const setup = setUpClient();
    setup.client.metrics.count("a");
    await setup.clock.advance(600_000);
    init({ dsn: THEIR_DSN });
    await act(setup);
    expect(setup.transport.metrics.map(({ name }) => name)).toContain("a");
  });

  test("are read when the page or the process ends", async () => {
    let drain: (() => void) | undefined;
    const { init, setUpClient } = setUpBeside(
      {},
      {
        start: (lifecycle) => {
          ({ drain } = lifecycle);
          return () => {};
        },
      },
    );
    const { client, transport, clock } = setUpClient();
    client.metrics.count("a");
    init({ dsn: THEIR_DSN });
    drain?.();
    await clock.advance(0);
    expect(transport.metrics).toMatchObject([{ name: "a" }]);
  });

  test("apply to the first 100 buffered calls; later calls are reported as lost", async () => {
    const { init, setUpClient } = setUpBeside();
    const { client, transport, drops } = setUpClient();
    for (let i = 0; i < 130; i += 1) client.metrics.count("a");
    init({ dsn: THEIR_DSN });
    await client.flush();
    expect(transport.metrics).toHaveLength(100);
    expect(drops).toEqual([{ reason: "buffer_overflow", metrics: 30, bytes: 0 }]);
  });

  test("are replaced when the SDK is initialised again", async () => {
    const { init, setUpClient } = setUpBeside();
    init({ dsn: THEIR_DSN, release: "1", environment: "test" });
    const setup = setUpClient();
    setup.client.metrics.count("a");
    await setup.advanceInterval();
    init({
      dsn: "https://theirs@o1.ingest.sentry.io/8",
      release: "2",
      tunnel: "https://t.example",
    });
    setup.client.metrics.count("b");
    await setup.advanceInterval();
    expect(urls(setup)).toEqual([THEIR_URL, "https://t.example"]);
    expect(valuesOf(setup, "sentry.release")).toEqual(["1", "2"]);
    expect(valuesOf(setup, "sentry.environment")).toEqual(["test", undefined]);
    expect(setup.transport.sends.map(({ envelope }) => envelope.headers["dsn"])).toEqual([
      undefined,
      "https://theirs@o1.ingest.sentry.io/8",
    ]);
  });

  test("are overridden by the client's own, even by empty or false ones", async () => {
    const own = { dsn: "https://own@o1.ingest.sentry.io/9", tunnel: "", release: "own" };
    const { init, setUpClient } = setUpBeside({ ...own, sendDefaultPii: false });
    init({ dsn: THEIR_DSN, tunnel: "https://t.example", release: "1", sendDefaultPii: true });
    const setup = setUpClient();
    setup.client.metrics.count("a");
    await setup.advanceInterval();
    expect(urls(setup)).toEqual(["https://o1.ingest.sentry.io/api/9/envelope/"]);
    expect(setup.client.options).toMatchObject({ ...own, sendDefaultPii: false });
  });

  test("override the platform's", async () => {
    const { platform } = setUp();
    const defaults = {
      ...platform.defaults,
      dsn: "https://env@o1.ingest.sentry.io/3",
      release: "env",
    };
    const { init, setUpClient } = setUpBeside({}, { defaults });
    const setup = setUpClient();
    setup.client.metrics.count("a");
    await setup.advanceInterval();
    init({ dsn: THEIR_DSN, release: "1" });
    setup.client.metrics.count("b");
    await setup.advanceInterval();
    expect(urls(setup)).toEqual(["https://o1.ingest.sentry.io/api/3/envelope/", THEIR_URL]);
    expect(valuesOf(setup, "sentry.release")).toEqual(["env", "1"]);
  });

  test.each([
    [{ sendDefaultPii: true }, "auto"],
    [{ dataCollection: { userInfo: true } }, "auto"],
    [{ dataCollection: {} }, "never"],
    [{}, "never"],
  ])("set infer_ip by their personal data settings: %j", async (options, infer) => {
    const { init, setUpClient } = setUpBeside({}, { ingestSettings: true });
    init({ dsn: THEIR_DSN, ...options });
    const { client, transport, advanceInterval } = setUpClient();
    client.metrics.count("a");
    await advanceInterval();
    const sent = new TextDecoder().decode(transport.sends[0]?.bytes);
    expect(sent).toContain(`"infer_ip":"${infer}"`);
  });

  test("disable sending with enabled: false", async () => {
    const { init, setUpClient } = setUpBeside();
    init({ dsn: THEIR_DSN, enabled: false });
    const { client, transport, advanceInterval, lines } = setUpClient();
    client.metrics.count("a");
    await advanceInterval();
    expect([transport.created, lines]).toEqual([[], []]);
  });

  test.each<[string, unknown]>([
    [
      "throw",
      () => {
        throw new Error("hostile");
      },
    ],
    ["are undefined", () => undefined],
    ["have invalid values", () => ({ dsn: 5, release: Symbol("x"), tunnel: {}, dist: () => 1 })],
  ])("are ignored when they %s", async (_label, getOptions) => {
    const scope = { getClient: () => ({ getOptions }) };
    const global = { __SENTRY__: { "11.0.0": { defaultCurrentScope: scope } } };
    const { client, transport, advanceInterval } = setUp({}, { global });
    client.metrics.count("a");
    await advanceInterval();
    expect(transport.metrics).toMatchObject([{ name: "a" }]);
    const none = setUp({ dsn: undefined }, { global });
    none.client.metrics.count("a");
    expect(await none.client.flush()).toBe(true);
  });
});

test("a client without a destination buffers 100 calls and has no timer after that", async () => {
  const { client, clock, advanceInterval, drops, lines } = setUp({ dsn: undefined });
  for (let i = 0; i < 500; i += 1) client.metrics.count("a");
  expect(clock.timers).toBe(1);
  await advanceInterval();
  expect(clock.timers).toBe(0);
  expect(client.stats()).toMatchObject({ recorded: 0, pending: 0, dropped: {} });
  expect([await client.flush(), await client.close()]).toEqual([true, true]);
  expect([drops, lines]).toEqual([[], []]);
});

describe("the options of a Sentry SDK", () => {
  test("do not apply their tunnel to a client with another project", async () => {
    const { init, setUpClient } = setUpBeside({ dsn: "https://ours@o1.ingest.sentry.io/8" });
    init({ dsn: THEIR_DSN, tunnel: "/monitoring?o=1&p=7" });
    const setup = setUpClient();
    setup.client.metrics.count("a");
    await setup.advanceInterval();
    expect(urls(setup)).toEqual(["https://o1.ingest.sentry.io/api/8/envelope/"]);
  });

  test("stop sending to the DSN of the environment when they say enabled: false", async () => {
    const { init, setUpClient } = setUpBeside(
      {},
      {
        defaults: { maxQueueItems: 10, maxQueueBytes: 10_000, maxInFlight: 2, dsn: THEIR_DSN },
      },
    );
    const setup = setUpClient();
    setup.client.metrics.count("a");
    await setup.advanceInterval();
    init({ enabled: false });
    setup.client.metrics.count("b");
    await setup.advanceInterval();
    expect(setup.transport.metrics.map(({ name }) => name)).toEqual(["a"]);
    expect(setup.client.stats()).toMatchObject({
      delivered: 1,
      pending: 0,
      dropped: { network_error: 1 },
    });
  });

  test("account for every early call when they are read late", async () => {
    const { init, setUpClient } = setUpBeside();
    const setup = setUpClient();
    setup.client.missed?.(30);
    setup.client.metrics.count("a");
    init({ dsn: THEIR_DSN });
    setup.client.metrics.count("b");
    await setup.advanceInterval();
    expect(setup.client.stats()).toMatchObject({
      recorded: 32,
      delivered: 2,
      dropped: { buffer_overflow: 30 },
    });
    expect(setup.drops).toMatchObject([{ reason: "buffer_overflow", metrics: 30 }]);
  });
});
