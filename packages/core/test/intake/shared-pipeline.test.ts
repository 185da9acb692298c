import { getCurrentScope, setCurrentClient } from "@sentry/core";
import { afterEach, expect, test } from "vitest";
import { createIntegration, handOverActive } from "../../src/index.js";
import { resetProcessGlobals } from "../set-up.js";
import { envelopeOf, sentryClient, serialized, setUpIntake, type IntakeSetUp } from "./set-up.js";

afterEach(() => {
  getCurrentScope().setClient(undefined);
  resetProcessGlobals();
});

/** Two Sentry clients that share a pipeline. Each has a metric that it still holds back. */
function setUpShared(): IntakeSetUp & {
  readonly clients: Record<"a" | "b", ReturnType<typeof sentryClient>>;
} {
  const made = setUpIntake({}, { global: globalThis });
  handOverActive(made.pipeline);
  made.pipeline.start();
  const open = (name: string): ReturnType<typeof sentryClient> => {
    const integration = createIntegration(() => made.pipeline, made.platform.console, true);
    const client = sentryClient(() => {}, { integrations: [integration] });
    client.init();
    let held = [serialized(name)];
    client.on("flush", () => {
      if (held[0]) void client.sendEnvelope(envelopeOf(held) as never);
      held = [];
    });
    return client;
  };
  return { ...made, clients: { a: open("a"), b: open("b") } };
}

const namesOf = ({ transport }: IntakeSetUp): string[] => transport.metrics.map(({ name }) => name);

test("clients that share a pipeline leave through it, each by its own flush", async () => {
  const made = setUpShared();
  await made.clients.a.flush(1000);
  expect(namesOf(made)).toEqual(["a"]);
  await made.clients.b.flush(1000);
  expect(namesOf(made)).toEqual(["a", "b"]);
});

test("a flush of the pipeline takes along what the active client holds back, and nothing of others", async () => {
  const made = setUpShared();
  setCurrentClient(made.clients.b);
  await made.pipeline.flush(1000);
  expect(namesOf(made)).toEqual(["b"]);
});

test("an active client with another pipeline is left alone", async () => {
  const made = setUpShared();
  const other = setUpShared();
  setCurrentClient(other.clients.a);
  await made.pipeline.flush(1000);
  expect([...namesOf(made), ...namesOf(other)]).toEqual([]);
});

test("the end of one client does not end the pipeline of the others", async () => {
  const made = setUpShared();
  await made.clients.a.close(1000);
  await made.clients.b.flush(1000);
  expect(namesOf(made)).toEqual(["a", "b"]);
  expect(made.pipeline.engine.isClosed()).toBe(false);
});
