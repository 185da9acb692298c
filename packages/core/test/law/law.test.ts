import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { happenings, rooms, type Happening, type Rooms } from "./happenings.js";
import { createModel } from "./model.js";

/** The same happenings in every run of the suite; SPANMETER_LAW_RUNS and _SEED try others. */
const numRuns = Number(process.env["SPANMETER_LAW_RUNS"] ?? 300);
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
  test("and all arrives, exactly, once the server is well", async () => {
    await fc.assert(
      fc.asyncProperty(rooms, happenings, async (given, all) => {
        const model = await live(given, all);
        await model.recover();
        expect(model.pending()).toBe(0);
      }),
      { numRuns, seed },
    );
  });

  test("and all is accounted for when the client closes, without a timer left", async () => {
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
  });
});
