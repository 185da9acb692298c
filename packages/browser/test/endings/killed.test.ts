import { expect } from "vitest";
import { comeBack, idle, record, shelf, site } from "./visit.js";
import { discard, test } from "./window.js";

/** What one piece holds of these counters. */
const PIECE = 43;

test.for([1, 3, 9])(
  "of two tabs that send what a third left, one killed at request %i loses a piece at most, and none arrives twice",
  async (request, { open, ingest }) => {
    const left = await open(site(ingest));
    await left.context().setOffline(true);
    await record(left, ingest, 1_000);
    await left.close();
    await left.context().setOffline(false);
    const one = await comeBack(left);
    // This one finds the lock taken and waits for it.
    const other = await comeBack(left);
    await ingest.waitFor(({ requests }) => requests.length >= request);
    await discard(one);
    await expect.poll(() => shelf(other)).toEqual([]);
    await idle(other);
    // What the killed one had under way arrives before what is recorded only now.
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
