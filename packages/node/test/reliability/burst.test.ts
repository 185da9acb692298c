import { burst } from "@spanmeter/testing/burst";
import { expect, test } from "vitest";
import { createClient } from "../../src/index.js";

test("a burst above what the queue holds is delivered or announced to the last call", async () => {
  const result = await burst(createClient, 50_000);
  expect(result.broken).toEqual([]);
  expect(result.recorded).toBe(50_000);
  expect(result.received + result.lost).toBe(50_000);
  expect(result.pending).toBe(0);
});
