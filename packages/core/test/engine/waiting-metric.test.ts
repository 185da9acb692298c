import { expect, test } from "vitest";
import { makeInstrument, makeSeries } from "../../src/engine/series.js";
import {
  changeMetric,
  countTimesFrom,
  createMetric,
  locationOf,
} from "../../src/engine/waiting-metric.js";

const instrument = makeInstrument("counter", "a", undefined);
if (!instrument) throw new Error("the instrument is not valid");
const series = makeSeries(instrument, { route: "/" });
const location = locationOf({ traceId: "a".repeat(32) }, { app: "shop" });
const at = (time: number) => createMetric(series, 1, time, location);

test("a metric keeps its time, whenever a clock begins", () => {
  // Where an edge runtime has no clock yet, it says 0.
  countTimesFrom(0);
  const early = at(3);
  countTimesFrom(1_700_000_000_000);
  const times = [0, 0.25, 1_700_000_000_123, 1_700_000_000_123.456, 2 ** 31 - 1, 1e14];
  const edge = [2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1].map((ms) => 1.7e12 + ms);
  const metrics = [...times, ...edge].map(at);
  countTimesFrom(1_800_000_000_000);
  expect(early.time).toBe(3);
  expect(metrics.map(({ time }) => time)).toEqual([...times, ...edge]);
});

test("a changed metric has what was not changed, and the size of its own attributes", () => {
  const changed = changeMetric(at(1_700_000_000_123), { calls: 7, sharedAttributes: {} });
  const { bytes, calls, sharedAttributes, time, trace, value } = changed;
  expect({ calls, sharedAttributes, time, trace, value }).toEqual({
    calls: 7,
    sharedAttributes: {},
    time: 1_700_000_000_123,
    trace: { traceId: "a".repeat(32) },
    value: 1,
  });
  expect(at(0).bytes - bytes).toBe("app".length + "shop".length);
  expect(at(0).calls).toBe(1);
});
