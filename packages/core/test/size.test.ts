import { metricSize } from "@spanmeter/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flatten } from "../src/flat.js";
import { flatSize, MAX_BYTES_PER_UNIT, utf8Size } from "../src/size.js";

const encoder = new TextEncoder();

describe("utf8Size", () => {
  test.each(["", "a", "é", "€", "😀", "a😀é", "\ud800", "\udc00", "\ud800a", "\udc00\ud800"])(
    "counts the bytes of %j",
    (text) => {
      expect(utf8Size(text)).toBe(encoder.encode(text).length);
    },
  );

  test("agrees with the encoder on any text, well-formed or not", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units);
        expect(utf8Size(text)).toBe(encoder.encode(text).length);
        expect(utf8Size(text)).toBeLessThanOrEqual(text.length * MAX_BYTES_PER_UNIT);
      }),
    );
  });
});

describe("flatSize", () => {
  const attribute = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.array(fc.string({ unit: "grapheme" })),
    fc.array(fc.integer()),
    fc.array(fc.boolean()),
  );

  test("measures attributes as Sentry bills them", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), attribute), (attributes) => {
        const billed = metricSize({ name: "", value: 0, attributes }) - 8;
        expect(flatSize(flatten(attributes), utf8Size)).toBe(billed);
      }),
    );
  });
});
