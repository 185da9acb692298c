import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { events, eventsWithFaults, limits, type ClientEvent, type Limits } from "./events.js";
import { createModel } from "./model.js";

/** The number of random runs. SPANMETER_ACCOUNTING_RUNS and SPANMETER_ACCOUNTING_SEED override it and the seed. */
const numRuns = Number(process.env["SPANMETER_ACCOUNTING_RUNS"] ?? 300);
/** Thousands of clients run here, which takes a while on a busy machine. */
const TIMEOUT_MS = 300_000;
const seed = Number(process.env["SPANMETER_ACCOUNTING_SEED"] ?? 4);

async function run(options: Limits, all: readonly ClientEvent[]) {
  const model = createModel(options);
  for (const event of all) {
    await model.apply(event);
    model.check();
  }
  return model;
}

describe("after every event, recorded equals delivered plus pending plus dropped,", () => {
  test(
    "and everything is delivered exactly once the server is healthy",
    async () => {
      await fc.assert(
        fc.asyncProperty(limits, events, async (options, all) => {
          const model = await run(options, all);
          await model.recover();
          expect(model.pending()).toBe(0);
        }),
        { numRuns, seed },
      );
    },
    TIMEOUT_MS,
  );

  test(
    "and everything is delivered exactly after functions of the platform failed",
    async () => {
      await fc.assert(
        fc.asyncProperty(limits, eventsWithFaults, async (options, all) => {
          const model = await run(options, all);
          await model.recover();
          expect(model.pending()).toBe(0);
        }),
        { numRuns: numRuns / 2, seed },
      );
    },
    TIMEOUT_MS,
  );

  test(
    "also when the client closes while functions of the platform fail",
    async () => {
      await fc.assert(
        fc.asyncProperty(
          limits,
          eventsWithFaults,
          fc.option(fc.nat(20_000), { nil: undefined }),
          async (options, all, timeoutMs) => {
            const model = await run(options, all);
            await expect(model.closeWhileFailing(timeoutMs)).resolves.toBeUndefined();
          },
        ),
        { numRuns: numRuns / 2, seed },
      );
    },
    TIMEOUT_MS,
  );

  test(
    "also when the client closes, which leaves no timer",
    async () => {
      await fc.assert(
        fc.asyncProperty(
          limits,
          events,
          fc.option(fc.nat(20_000), { nil: undefined }),
          async (options, all, timeoutMs) => {
            const model = await run(options, all);
            await model.close(timeoutMs);
            expect(model.pending()).toBe(0);
          },
        ),
        { numRuns, seed },
      );
    },
    TIMEOUT_MS,
  );
});
