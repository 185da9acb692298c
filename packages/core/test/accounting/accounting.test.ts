import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { happenings, happeningsWithFaults, rooms, type Happening, type Rooms } from "./events.js";
import { createModel } from "./model.js";

/** The same happenings in every run of the suite; SPANMETER_LAW_RUNS and _SEED try others. */
const numRuns = Number(process.env["SPANMETER_LAW_RUNS"] ?? 300);
/** Thousands of clients live here: on a busy machine that takes a while. */
const TIMEOUT_MS = 300_000;
const seed = Number(process.env["SPANMETER_LAW_SEED"] ?? 4);

async function live(given: Rooms, all: readonly Happening[]) {
  const model = createModel(given);
  for (const happening of all) {
    await model.happen(happening);
    model.check();
  }
  return model;
}

describe("whatever happens, in whichever order, the law holds after each happening", () => {
  test(
    "and all arrives, exactly, once the server is well",
    async () => {
      await fc.assert(
        fc.asyncProperty(rooms, happenings, async (given, all) => {
          const model = await live(given, all);
          await model.recover();
          expect(model.pending()).toBe(0);
        }),
        { numRuns, seed },
      );
    },
    TIMEOUT_MS,
  );

  test(
    "and all arrives, exactly, after moments in which the platform's functions failed",
    async () => {
      await fc.assert(
        fc.asyncProperty(rooms, happeningsWithFaults, async (given, all) => {
          const model = await live(given, all);
          await model.recover();
          expect(model.pending()).toBe(0);
        }),
        { numRuns: numRuns / 2, seed },
      );
    },
    TIMEOUT_MS,
  );

  test(
    "and all is accounted for when the client closes while the platform's functions fail",
    async () => {
      await fc.assert(
        fc.asyncProperty(
          rooms,
          happeningsWithFaults,
          fc.option(fc.nat(20_000), { nil: undefined }),
          async (given, all, timeoutMs) => {
            const model = await live(given, all);
            await expect(model.closeWhileFailing(timeoutMs)).resolves.toBeUndefined();
          },
        ),
        { numRuns: numRuns / 2, seed },
      );
    },
    TIMEOUT_MS,
  );

  test(
    "and all is accounted for when the client closes, without a timer left",
    async () => {
      await fc.assert(
        fc.asyncProperty(
          rooms,
          happenings,
          fc.option(fc.nat(20_000), { nil: undefined }),
          async (given, all, timeoutMs) => {
            const model = await live(given, all);
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
