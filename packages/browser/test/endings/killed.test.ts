import { expect } from "vitest";
import { comeBack, record, site, storedPieces, waitUntilIdle } from "./visit.js";
import { discard, test } from "./window.js";

/** How many of these counters a piece holds. */
const PIECE = 43;

test.for([1, 3, 9])(
  "a tab that is killed at request %i while it sends stored metrics loses one piece at most, and none arrives twice",
  async (request, { open, ingest }) => {
    const left = await open(site(ingest));
    await left.context().setOffline(true);
    await record(left, ingest, 1_000);
    await left.close();
    await left.context().setOffline(false);
    const one = await comeBack(left);
    // The second tab waits for the lock.
    const other = await comeBack(left);
    await ingest.waitFor(({ requests }) => requests.length >= request);
    await discard(one);
    await expect.poll(() => storedPieces(other)).toEqual([]);
    await waitUntilIdle(other);
    // Metrics that the killed tab had in flight arrive before this one.
    await other.evaluate(async () => {
      Spanmeter.metrics.count("visit", 1, { attributes: { i: 1_000 } });
      await Spanmeter.flush();
    });
    const numbers = ingest.metrics.map(({ attributes }) => Number(attributes["i"]));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThanOrEqual(1_001 - PIECE);
    expect(numbers).toContain(1_000);
  },
);
