import { trySentryBurst, trySentryFault } from "@spanmeter/testing/trials/try-sentry-fault";
import { describe, expect, test } from "vitest";
import { bundle } from "../support/run-script.js";

// `scripts/reliability/write.mjs --behind-sentry` runs all faults.
const ONCE = ["refuse", "HTTP 503", "429 trace_metric", "429 bare"];
/** The server counts these metrics although their connection breaks, so they are sent again. */
const AMBIGUOUS = "reset after reading, counted";
const script = (): string => bundle("sentry-fault", "cjs");
/** A bare 429 lasts a minute: the next process sends what waits. */
const patience = (fault: string): number => (fault === "429 bare" ? 1000 : 60_000);

describe.concurrent("metrics of Sentry.metrics are delivered after a fault", () => {
  describe.each([10, 11])("by the integration behind @sentry/node %i", (major) => {
    const setup = { major, mode: "integration" } as const;

    test.each(ONCE)("once, through: %s", async (fault) => {
      const patienceMs = patience(fault);
      const trial = await trySentryFault(script(), fault, { ...setup, patienceMs });
      expect(trial).toMatchObject({ broken: [], recorded: 330, arrived: 330, doubled: 0 });
      expect(trial).toMatchObject({ reported: 0, dropped: 0 });
    });

    test(`twice only without an answer, through: ${AMBIGUOUS}`, async () => {
      const trial = await trySentryFault(script(), AMBIGUOUS, setup);
      expect(trial).toMatchObject({ broken: [], arrived: 330, reported: 0, dropped: 0 });
    });

    test("or announced as lost, through: HTTP 400", async () => {
      const trial = await trySentryFault(script(), "HTTP 400", { ...setup, faultMs: 60_000 });
      expect(trial).toMatchObject({ broken: [], arrived: 30, doubled: 0, dropped: 300 });
    });
  });

  test.each([10, 11])("by the wrapped transport of @sentry/node %i", async (major) => {
    const trial = await trySentryFault(script(), "HTTP 503", { major, mode: "transport" });
    expect(trial).toMatchObject({ broken: [], arrived: 330, doubled: 0, reported: 0, dropped: 0 });
  });
});

test("200 000 metrics of Sentry.metrics in one task are delivered", async () => {
  const trial = await trySentryBurst(script(), 200_000, { major: 11, mode: "integration" });
  expect(trial).toMatchObject({ broken: [], arrived: 200_000, doubled: 0, reported: 0 });
});

test("a trial detects losses of Sentry alone", async () => {
  const trial = await trySentryFault(script(), "HTTP 503", { major: 11, mode: "plain" });
  expect(trial).toMatchObject({ recorded: 330, arrived: 30, reported: 0 });
});
