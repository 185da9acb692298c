import { metricSize, pendingMetric } from "@spanmeter/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttributeMap } from "../../src/contract/metric.js";
import { copyAttributes } from "../../src/engine/attributes.js";
import { exactSize, FIXED_BYTES, sizeOf } from "../../src/engine/size.js";

describe("sizeOf", () => {
  const encoder = new TextEncoder();
  const exact = (attributes: AttributeMap): number =>
    exactSize(pendingMetric({ name: "", attributes }), (text) => encoder.encode(text)) -
    FIXED_BYTES;
  const text = fc.string({ unit: "binary" });
  const attributes = fc.dictionary(
    text,
    fc.oneof(
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.array(text),
      fc.array(fc.integer()),
      fc.array(fc.boolean()),
    ),
  );

  test("returns the bytes that Sentry bills for attributes", () => {
    fc.assert(
      fc.property(attributes, (given) => {
        const billed = metricSize({ name: "", value: 0, attributes: given }) - 8;
        expect(exact(copyAttributes(given))).toBe(billed);
      }),
    );
  });

  test("never exceeds the billed bytes, and matches them for ASCII", () => {
    fc.assert(
      fc.property(attributes, (given) => {
        const bag = copyAttributes(given);
        expect(sizeOf(bag)).toBeLessThanOrEqual(exact(bag));
      }),
    );
    const bag = copyAttributes({ key: "text", list: ["a", "bc"], flag: true, part: 0.5 });
    expect(sizeOf(bag)).toBe(3 + 4 + 4 + 3 + 4 + 1 + 4 + 8);
  });
});
