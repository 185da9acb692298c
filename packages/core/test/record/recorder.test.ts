import { expect, test } from "vitest";
import { balance, setUp } from "../set-up.js";

test("a call whose metric is too large to be measured does not throw, and is accounted for", () => {
  const it = setUp(
    { beforeSendMetric: () => null },
    {
      encodeUtf8() {
        throw new RangeError("Invalid string length");
      },
    },
  );
  it.client.metrics.count("a");
  expect(it.drops).toEqual([{ reason: "internal_sdk_error", name: "a", metrics: 1, bytes: 0 }]);
  const { recorded, accounted } = balance(it);
  expect(accounted).toBe(recorded);
});

test("a call that is lost announces the bytes it would have had", () => {
  const it = setUp({ beforeSendMetric: () => null });
  it.client.metrics.count("a", 1, { attributes: { currency: "\u20ac" } });
  it.client.metrics.count("a", 1, { attributes: { currency: "" } });
  const [euro, none] = it.drops.map(({ bytes }) => bytes);
  expect((euro as number) - (none as number)).toBe(3);
});
