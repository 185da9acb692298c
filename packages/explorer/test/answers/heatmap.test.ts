import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Heatmap } from "../../src/model/heatmap.js";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

const NOW = 1_800_000_000;

async function ask(
  sent: readonly { value: number; seconds: number; weight: number }[],
): Promise<Heatmap> {
  const { send, queries } = await memoryIngest(() => BigInt(NOW) * 1_000_000_000n);
  send(
    metricEnvelope(
      ...sent.map(({ value, seconds, weight }) =>
        metric({
          name: "m",
          type: "distribution",
          value,
          timestamp: seconds,
          attributes: { "sentry.client_sample_rate": { value: 1 / weight, type: "double" } },
        }),
      ),
    ),
  );
  return queries.heatmap("m", { since: "10m", interval: "1m" });
}

const at = (value: number): { value: number; seconds: number; weight: number } => ({
  value,
  seconds: NOW - 30,
  weight: 1,
});

describe("a heatmap", () => {
  it("has rows from the least value to the greatest, with 0 and negative values of their own", async () => {
    const { rows, cells } = await ask([-8, -1, 0, 1, 1.2, 2, 1e300, 1e-300].map(at));
    expect(rows.map(({ from }) => Math.sign(from))).toEqual([-1, -1, 0, 1, 1, 1, 1]);
    expect(rows).toEqual([...rows].sort((a, b) => a.from - b.from));
    expect(rows[2]).toEqual({ from: 0, to: 0 });
    const found = cells.row.map((row, index) => [row, cells.min[index], cells.max[index]]);
    expect(found.sort(([a = 0], [b = 0]) => a - b)).toEqual([
      [0, -8, -8],
      [1, -1, -1],
      [2, 0, 0],
      [3, 1e-300, 1e-300],
      [4, 1, 1.2],
      [5, 2, 2],
      [6, 1e300, 1e300],
    ]);
  });

  it("counts every call once, in its bucket and between the ends of its row", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            value: fc.double({ noNaN: true, noDefaultInfinity: true }),
            seconds: fc.integer({ min: NOW - 599, max: NOW - 1 }),
            weight: fc.constantFrom(1, 2, 4),
          }),
          { minLength: 1, maxLength: 50 },
        ),
        async (sent) => {
          const { times, rows, cells, items } = await ask(sent);
          expect(items).toEqual({
            stored: sent.length,
            weighted: sent.reduce((sum, { weight }) => sum + weight, 0),
          });
          for (const [index, bucket] of cells.bucket.entries()) {
            const { from, to } = rows[cells.row[index] ?? -1] ?? { from: NaN, to: NaN };
            const [low, high] = [Math.min(from, to), Math.max(from, to)];
            const min = cells.min[index] ?? NaN;
            const max = cells.max[index] ?? NaN;
            expect(min).toBeGreaterThanOrEqual(low - Math.abs(low) * 1e-12);
            expect(max).toBeLessThanOrEqual(high + Math.abs(high) * 1e-12);
            const start = times[bucket] ?? NaN;
            const inside = sent.filter(
              ({ value, seconds }) =>
                value >= min && value <= max && seconds >= start && seconds < start + 60,
            );
            expect(cells.weight[index]).toBe(inside.reduce((sum, { weight }) => sum + weight, 0));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
