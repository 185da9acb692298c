import { FAULTS } from "@spanmeter/testing/faults";
import { tryFault } from "@spanmeter/testing/try-fault";
import { describe, expect, test } from "vitest";
import { createClient, httpTransport } from "../../src/index.js";
import type { Options, TransportFactory } from "../../src/index.js";
import { tls } from "../support/tls.js";

const tlsOf = (name: string) => (FAULTS[name]?.badCertificate ? tls : undefined);

describe.concurrent("every metric is delivered, pending or announced as lost, by name", () => {
  for (const fault of Object.keys(FAULTS))
    test(`through: ${fault}`, async () => {
      const trial = await tryFault(createClient, fault, tlsOf(fault));
      expect(trial.broken).toEqual([]);
      expect(trial.recorded).toBe(330);
      expect(trial.received + trial.lost + trial.pending).toBeGreaterThanOrEqual(330);
    });
});

test("a server without a fault gets everything once", async () => {
  const trial = await tryFault(createClient, "none");
  expect(trial).toMatchObject({ received: 330, lost: 0, pending: 0, surplus: 0 });
});

describe("a client that breaks the law is found out", () => {
  test("when it announces no loss", async () => {
    const silent = (options: Options) => createClient({ ...options, onDrop: undefined });
    const { broken } = await tryFault(silent, "HTTP 400");
    expect(broken.join()).toContain("300 metrics neither arrived nor were announced");
  });

  test("when it sends twice without a reason", async () => {
    const twice: TransportFactory = (options) => {
      const transport = httpTransport(options);
      return {
        ...transport,
        send: async (envelope) => {
          await transport.send(envelope);
          return transport.send(envelope);
        },
      };
    };
    const eager = (options: Options) => createClient({ ...options, transport: twice });
    const { broken, surplus } = await tryFault(eager, "none");
    expect(broken.join()).toContain("110 more than recorded, of which 0 may be ambiguous");
    expect(surplus).toBe(330);
  });
});
