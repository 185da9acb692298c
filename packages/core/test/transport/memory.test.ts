import { serializeEnvelope } from "@sentry/core";
import { describeTransport } from "@spanmeter/testing/suites/transport-contract";
import { expect, test } from "vitest";
import { memoryTransport } from "../../src/transport/memory.js";

const toBytes = (envelope: string | Uint8Array): Uint8Array =>
  typeof envelope === "string" ? new TextEncoder().encode(envelope) : envelope;

describeTransport("memoryTransport", async () => {
  const memory = memoryTransport();
  return {
    create: (options) => memory({ url: "", recordDroppedEvent: () => {}, ...options }),
    arrivals: () =>
      memory.envelopes.map((envelope) => ({
        body: toBytes(serializeEnvelope(envelope as never)),
        headers: {},
      })),
    close: () => memory.clear(),
  };
});

test("has no envelopes after clear", async () => {
  const memory = memoryTransport();
  const transport = memory({ url: "", recordDroppedEvent: () => {} });
  await transport.send([{}, []] as never);
  expect(memory.envelopes).toHaveLength(1);
  memory.clear();
  expect(memory.envelopes).toHaveLength(0);
});
