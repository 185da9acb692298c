import { FAULTS } from "@spanmeter/testing/faults";
import { tryFault } from "@spanmeter/testing/try-fault";
import { describe, expect, test } from "vitest";
import { createClient } from "../../src/index.js";
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
