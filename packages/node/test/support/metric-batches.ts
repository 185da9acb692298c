import type { AttributeMap, PendingMetric } from "@spanmeter/core";
import { pendingMetric } from "@spanmeter/testing";
import fc from "fast-check";

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "5",
    "4294967295",
    "-1",
    "a",
    "b",
    "sentry.timestamp.sequence",
    "\ud800",
    '"\\',
    "é",
    "\u007f",
    "x".repeat(300),
    "\u{1f600}".repeat(30),
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1e9, max: 1e9 }).map((each) => each / 1000),
  fc.constantFrom(-0, 0, 1e21, 5e-324, 0.001, 1e-7, 123_456_789_012.125, 999_999_999_999.999),
  fc.constantFrom(2 ** 53, 2 ** 53 + 2, -(2 ** 53), 1e15, 0.1 + 0.2, -0.5, 1e14 + 0.5, 2 ** 31),
);
const value = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.array(text, { maxLength: 3 }),
  fc.array(number, { maxLength: 3 }),
);
const bag = fc
  .array(fc.tuple(text, value), { maxLength: 5 })
  .map((entries) => Object.fromEntries(entries) as AttributeMap);
const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(..."0123456789abcdef".split("")),
    minLength: length,
    maxLength: length,
  });
const trace = fc.record({ traceId: hex(32), spanId: hex(16) }, { requiredKeys: ["traceId"] });
const time = fc.oneof(
  fc.integer({ min: 0, max: 2e12 }),
  fc.double({ min: 0, max: 2e12, noNaN: true }),
  fc.integer({ min: 1.7e12, max: 1.7e12 + 5000 }),
  fc.integer({ min: 1.7e15, max: 1.7e15 + 5000 }).map((each) => each / 1000),
);

/** Batches whose metrics share a few traces and attribute maps, like those of one process. */
export const batch: fc.Arbitrary<PendingMetric[]> = fc
  .tuple(fc.array(bag, { minLength: 1, maxLength: 3 }), fc.array(trace, { minLength: 1 }))
  .chain(([bases, traces]) =>
    fc.array(
      fc
        .record({
          type: fc.constantFrom("counter" as const, "gauge" as const, "distribution" as const),
          name: text,
          value: number,
          unit: fc.option(text, { nil: undefined }),
          time,
          trace: fc.constantFrom(...traces),
          sharedAttributes: fc.constantFrom(...bases),
          attributes: bag,
          bytes: fc.constant(0),
          calls: fc.constant(1),
          isCached: fc.boolean(),
          sequence: fc.nat(2000),
          arrivalIndex: fc.constant(0),
        })
        .map(pendingMetric),
      { maxLength: 8 },
    ),
  );
