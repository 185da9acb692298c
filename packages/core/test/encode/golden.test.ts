import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { VERSION, type Attributes, type Options, type Platform } from "../../src/index.js";
import { resetProcessGlobals, setUp, type SetUp } from "../set-up.js";

// These files were checked by hand against docs/protocol.md. They are what reaches Sentry, byte
// for byte, so a change here is a change of the protocol.
const golden = (name: string): Promise<Buffer> =>
  readFile(join(import.meta.dirname, "golden", `${name}.txt`));

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";

interface Scenario {
  readonly options?: Options;
  readonly platform?: Partial<Platform>;
  readonly record: (setup: SetUp) => void;
}

const scenarios: { readonly [name: string]: Scenario } = {
  "one-counter": {
    record: ({ client }) => client.metrics.count("checkout.started", 1, { trace: { traceId } }),
  },
  "every-kind": {
    options: { release: "shop@1.2.3", environment: "production", serverName: "web-1" },
    record: ({ client, clock }) => {
      const trace = { traceId, spanId };
      client.metrics.count("job.processed", 3, { trace });
      client.metrics.gauge("memory.usage", 0.875, { unit: "ratio", trace });
      clock.jumpTo(clock.now() + 250.5);
      client.metrics.distribution("query.duration_ms", 12.25, { unit: "millisecond", trace });
      client.metrics.gauge("temperature", -1e-7, {
        timestamp: new Date(Date.UTC(2025, 11, 31)),
        trace,
      });
    },
  },
  "every-attribute": {
    options: { attributes: { client: "first", both: "client" } },
    record: ({ client }) => {
      const attributes = {
        text: 'quotes " and \\ and \n and é and 😀',
        lone: "\ud800",
        flag: false,
        whole: -42,
        part: 0.1,
        huge: 1e21,
        list: ["a", "b"],
        numbers: [1, 2.5],
        object: { a: [1, null] },
        big: 18446744073709551616n,
        both: "call",
        left_out: undefined,
        "__proto__ is below": true,
      };
      const hostile = JSON.parse('{"__proto__":"an attribute"}') as object;
      client.metrics.count("a", 1, {
        attributes: { ...attributes, ...hostile } as unknown as Attributes,
        trace: { traceId },
      });
    },
  },
  "from-a-browser": {
    options: { tunnel: "/tunnel" },
    platform: { sdkName: "spanmeter.javascript.browser", ingestSettings: true },
    record: ({ client }) => client.metrics.count("page.viewed", 1, { trace: { traceId } }),
  },
  folded: {
    options: { maxQueueItems: 1, maxSeries: 2 },
    record: ({ client }) => {
      const trace = { traceId, spanId };
      const call = { trace, attributes: { route: "/cart" } };
      client.metrics.count("first", 1, { trace });
      for (const value of [1, 2, 3]) client.metrics.count("a", value, call);
      for (const value of [5, 1, 9, 4, 3]) client.metrics.distribution("b", value, call);
      // Beyond maxSeries.
      for (const value of [2, 8, 4]) client.metrics.gauge("c", value, call);
    },
  },
  "with-a-report": {
    options: { maxQueueItems: 1, overflow: "drop" },
    record: ({ client }) => {
      for (let i = 0; i < 3; i += 1) client.metrics.count("a", 1, { trace: { traceId } });
      client.metrics.gauge("b", NaN);
    },
  },
};

test.each(Object.keys(scenarios))("the bytes of %s equal its golden file", async (name) => {
  const { options, platform, record } = scenarios[name] as Scenario;
  // The shared trace id uses the same random numbers as the sampling.
  resetProcessGlobals();
  const setup = setUp(options, platform);
  record(setup);
  await setup.client.flush();
  expect(setup.transport.sends).toHaveLength(1);
  expect(setup.transport.sends[0]?.envelope.items.length).toBeGreaterThan(0);
  // The files say version 0.0.0, so that a release does not change them.
  const sent = new TextDecoder()
    .decode(setup.transport.sends[0]?.bytes)
    .replaceAll(`"${VERSION}"`, '"0.0.0"');
  expect(sent).toBe((await golden(name)).toString("utf8").replace(/\n$/, ""));
});
