import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { VolumeRule } from "../../src/index.js";
import {
  eventsInSpans,
  eventsInSpansWithFaults,
  limits,
  volumes,
  type ClientEvent,
  type Limits,
} from "./events.js";
import { createModel } from "./model.js";

/** SPANMETER_ACCOUNTING_RUNS and SPANMETER_ACCOUNTING_SEED override the number of random runs and their seed. */
const numRuns = Number(process.env["SPANMETER_ACCOUNTING_RUNS"] ?? 300);
const seed = Number(process.env["SPANMETER_ACCOUNTING_SEED"] ?? 4);

async function run(options: Limits, volume: readonly VolumeRule[], all: readonly ClientEvent[]) {
  const model = createModel(options, volume);
  for (const event of all) {
    await model.apply(event);
    model.check();
  }
  return model;
}

describe("under every policy, recorded equals delivered plus pending plus dropped,", () => {
  test.each([
    ["and everything is delivered exactly once the server is healthy", eventsInSpans],
    [
      "and everything is delivered exactly after functions of the platform failed",
      eventsInSpansWithFaults,
    ],
  ])("%s", async (_label, events) => {
    await fc.assert(
      fc.asyncProperty(limits, volumes, events, async (options, volume, all) => {
        const model = await run(options, volume, all);
        await model.recover();
        expect(model.pending()).toBe(0);
      }),
      { numRuns, seed },
    );
  });

  test("also when the client closes, which leaves no timer", async () => {
    const timeouts = fc.option(fc.nat(20_000), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        limits,
        volumes,
        eventsInSpans,
        timeouts,
        async (options, volume, all, timeoutMs) => {
          const model = await run(options, volume, all);
          await model.close(timeoutMs);
          expect(model.pending()).toBe(0);
        },
      ),
      { numRuns, seed },
    );
  });
});
