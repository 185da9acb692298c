import { burst } from "@spanmeter/testing/trials/burst";
import { expect, test } from "vitest";
import { createClient } from "../../src/index.js";

test("a million calls without a pause arrive as exactly a million, in little memory", async () => {
  const { peakHeapBytes, ...result } = await burst(createClient, 1_000_000);
  const [recorded, received] = [1_000_000, 1_000_000];
  expect(result).toEqual({ recorded, received, lost: 0, pending: 0, broken: [] });
  expect(peakHeapBytes).toBeLessThan(64 * 1024 * 1024);
});
