import { serializeEnvelope } from "@sentry/core";
import { describeTransport } from "@spanmeter/testing/suites/transport-contract";
import { expect, test } from "vitest";
import { memoryTransport } from "../../src/transport/memory.js";

const encode = (given: string | Uint8Array): Uint8Array =>
  typeof given === "string" ? new TextEncoder().encode(given) : given;

describeTransport("memoryTransport", async () => {
  const memory = memoryTransport();
  return {
    create: (options) => memory({ url: "", recordDroppedEvent: () => {}, ...options }),
    arrivals: () =>
      memory.envelopes.map((envelope) => ({
        body: encode(serializeEnvelope(envelope as never)),
        headers: {},
      })),
    close: () => memory.clear(),
  };
});

test("forgets everything when it is cleared", async () => {
  const memory = memoryTransport();
  const transport = memory({ url: "", recordDroppedEvent: () => {} });
  await transport.send([{}, []] as never);
  expect(memory.envelopes).toHaveLength(1);
  memory.clear();
  expect(memory.envelopes).toHaveLength(0);
});
