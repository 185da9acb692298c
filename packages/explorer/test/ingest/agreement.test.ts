import { readEnvelope } from "@spanmeter/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { envelope, metrics, nowSeconds, SPAN_ID, TRACE_ID } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

/** Most of the metrics are valid, some are not. */
const mostly = <T>(right: fc.Arbitrary<T>, ...wrong: unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 9, arbitrary: right },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(...wrong) },
  );

const attribute = fc.oneof(
  fc.record({ type: fc.constant("string"), value: fc.string() }),
  fc.record({ type: fc.constant("boolean"), value: fc.boolean() }),
  fc.record({ type: fc.constant("integer"), value: fc.integer() }),
  fc.record({
    type: fc.constant("double"),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
  fc.record({ type: fc.constant("array"), value: fc.array(fc.string()) }),
);

const anyMetric = fc.record({
  timestamp: mostly(fc.constant(nowSeconds()), null, "soon"),
  type: mostly(fc.constantFrom("counter", "gauge", "distribution"), "set", null),
  name: mostly(fc.stringMatching(/^[a-zA-Z0-9_.]+$/), "", " ", 5),
  value: mostly(fc.double({ noNaN: true, noDefaultInfinity: true }), null, "1"),
  trace_id: mostly(fc.constant(TRACE_ID), "", "0".repeat(32), "short"),
  span_id: mostly(fc.constant(SPAN_ID), "short", "0".repeat(16)),
  attributes: fc.dictionary(fc.string({ minLength: 1 }), attribute, { noNullPrototype: true }),
});

/** The metrics that the strict reader of the test kit accepts, which was written independently from the same protocol. */
function strictly(text: string): readonly { bytes: number; value: number }[] | undefined {
  try {
    return readEnvelope(Buffer.from(text), { foreign: true }).metrics;
  } catch {
    return undefined;
  }
}

describe("two independent readings of the protocol", () => {
  it("agree on which metrics are valid, and on their sizes", async () => {
    const ingest = await memoryIngest();
    let right = 0;
    let wrong = 0;
    const bodies = fc
      .sample(fc.array(anyMetric, { minLength: 1, maxLength: 3 }), 500)
      .map((list) => envelope([metrics(list)]));
    for (const body of bodies) {
      const expected = strictly(body);
      const before = ingest.received.length;
      ingest.send(body);
      const received = ingest.received
        .slice(before)
        .map(({ bytes, value, verdict }) => ({ bytes, value, verdict }));
      if (expected === undefined) wrong++;
      else right++;
      const accepted = received.every(({ verdict }) => verdict === "accepted");
      expect([body, accepted]).toEqual([body, expected !== undefined]);
      const sizes =
        expected?.map(({ bytes, value }) => ({ bytes, value, verdict: "accepted" })) ?? received;
      expect(received).toEqual(sizes);
    }
    expect(Math.min(right, wrong)).toBeGreaterThan(20);
  });
});
