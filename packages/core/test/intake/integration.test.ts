import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { createIntegration } from "../../src/index.js";
import type { PlatformConsole, SpanmeterIntegration } from "../../src/index.js";
import { wrapTransport } from "../../src/intake/wrap-transport.js";
import { hostile } from "../client/hostile-values.js";
import { resetProcessGlobals } from "../set-up.js";
import { envelopeOf, sentryClient, serialized, setUpIntake, type IntakeSetUp } from "./set-up.js";

afterEach(resetProcessGlobals);

function recordingConsole(): { console: PlatformConsole; lines: string[] } {
  const lines: string[] = [];
  const add = (text: unknown): void => void lines.push(String(text));
  return { console: { log: add, warn: add, error: add }, lines };
}

function integrate(options: object = {}): { integration: SpanmeterIntegration; made: IntakeSetUp } {
  const made = setUpIntake(options);
  return { integration: createIntegration(() => made.pipeline, made.platform.console), made };
}

test("metrics leave through the pipeline, everything else through the client's transport", async () => {
  const { integration, made } = integrate();
  const bodies: string[] = [];
  const client = sentryClient((body) => void bodies.push(body), { integrations: [integration] });
  client.init();
  await client.sendEnvelope(envelopeOf([serialized("a")]) as never);
  client.captureMessage("hello");
  await client.flush(1000);
  expect(made.transport.metrics.map(({ name }) => name)).toEqual(["a"]);
  expect(bodies.join("")).toContain("hello");
  expect(bodies.join("")).not.toContain("trace_metric");
});

test("a client that is set up twice counts nothing twice", async () => {
  const { integration, made } = integrate();
  const client = sentryClient(() => {});
  integration.beforeSetup(client);
  integration.setup(client);
  await client.sendEnvelope(envelopeOf([serialized("a")]) as never);
  await client.flush(1000);
  expect(made.transport.metrics).toHaveLength(1);
  expect(integration.stats()).toMatchObject({ recorded: 1, delivered: 1 });
});

test("before there is a client, there are no counts", () => {
  expect(integrate().integration.stats()).toBeUndefined();
});

test("what the SDK holds back is handed over when the page or process ends", async () => {
  const made = setUpIntake();
  let drain = (): void => {};
  Object.assign(made.platform, {
    start: (client: { drain(): void }) => void (drain = client.drain),
  });
  const integration = createIntegration(() => made.pipeline, console);
  const client = sentryClient(() => {}, { integrations: [integration] });
  client.on("flush", () => void client.sendEnvelope(envelopeOf([serialized("held")]) as never));
  client.init();
  drain();
  expect(made.transport.sends).toHaveLength(1);
  expect(made.transport.metrics).toMatchObject([{ name: "held" }]);
});

test("metrics of a client that was closed stay with its transport", async () => {
  const { integration, made } = integrate();
  const bodies: string[] = [];
  const client = sentryClient((body) => void bodies.push(body), { integrations: [integration] });
  client.init();
  await made.pipeline.close();
  await client.sendEnvelope(envelopeOf([serialized("a")]) as never);
  expect(made.transport.metrics).toEqual([]);
  expect(bodies.join("")).toContain("trace_metric");
});

test("whatever a client is, setting it up throws nothing", () => {
  const { console, lines } = recordingConsole();
  fc.assert(
    fc.property(hostile, hostile, (recipe, member) => {
      const { pipeline } = setUpIntake();
      const integration = createIntegration((client) => {
        client.getOptions();
        return pipeline;
      }, console);
      const client = recipe();
      // The SDK itself hands over an object.
      integration.setup(Object(client) as object);
      integration.setup({
        getOptions: () => ({}),
        getTransport: () => member(),
        on: member(),
        emit: member(),
        getSdkMetadata: () => member(),
      });
    }),
  );
  expect(new Set(lines)).toEqual(
    new Set(["[spanmeter] Sentry.metrics are sent without Spanmeter:"]),
  );
});

test("a pipeline that cannot be made leaves the transport as it is", () => {
  const { console, lines } = recordingConsole();
  const transport = { send: async () => ({}), flush: async () => true };
  const wrapped = wrapTransport(
    transport,
    () => {
      throw new Error("hostile options");
    },
    console,
  );
  expect(wrapped).toBe(transport);
  expect(lines).toHaveLength(1);
});
