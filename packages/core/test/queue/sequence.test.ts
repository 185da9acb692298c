import { expect, test } from "vitest";
import { setUp } from "../set-up.js";

test("the sequence counts up within a millisecond and restarts in the next, even when the clock goes back", async () => {
  const { client, transport, clock, advanceInterval } = setUp();
  const start = clock.now();
  for (const offset of [10, 10.2, 10.9, 11, 11, 10, 10]) {
    clock.jumpTo(start + offset);
    client.metrics.count("a");
  }
  await advanceInterval();
  const sequences = transport.metrics.map(
    ({ attributes }) => attributes["sentry.timestamp.sequence"],
  );
  expect(sequences).toEqual([0, 1, 2, 0, 1, 0, 1]);
});

test("the sequence is an integer on every metric", async () => {
  const { client, transport, clock, advanceInterval } = setUp();
  client.metrics.count("a");
  client.metrics.count("b");
  await clock.advance(1);
  client.metrics.count("c");
  await advanceInterval();
  const key = "sentry.timestamp.sequence";
  expect(transport.metrics.map(({ attributes }) => attributes[key])).toEqual([0, 1, 0]);
  expect(transport.metrics.map(({ attributeTypes }) => attributeTypes[key])).toEqual([
    "integer",
    "integer",
    "integer",
  ]);
});

test("an attribute of the same name does not change the sequence", async () => {
  const { client, transport, advanceInterval } = setUp();
  client.metrics.count("a", 1, { attributes: { "sentry.timestamp.sequence": 99 } });
  client.setAttributes({ "sentry.timestamp.sequence": "x" });
  client.metrics.count("b");
  await advanceInterval();
  const key = "sentry.timestamp.sequence";
  expect(transport.metrics.map(({ attributes }) => attributes[key])).toEqual([0, 1]);
});
