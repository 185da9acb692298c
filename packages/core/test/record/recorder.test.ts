import { expect, test } from "vitest";
import { setUp } from "../set-up.js";

test("a lost call is reported with its size although the platform's text encoder throws", () => {
  const { client, drops } = setUp(
    { beforeSendMetric: () => null },
    {
      encodeUtf8() {
        throw new RangeError("Invalid string length");
      },
    },
  );
  client.metrics.count("a", 1, { attributes: { currency: "\u20ac" } });
  const [drop] = drops;
  expect(drop).toMatchObject({ reason: "before_send", name: "a", metrics: 1 });
  // A name of one byte, the value, the sequence with its number, and the default attributes.
  expect(drop?.bytes).toBeGreaterThan(1 + 8 + 25 + 8 + "currency".length + 3);
  expect(client.stats()).toMatchObject({ recorded: 1, dropped: { before_send: 1 } });
  expect(client.stats().platformErrors).toBeGreaterThan(0);
});

test("a lost call is reported with the bytes it would have had", () => {
  const { client, drops } = setUp({ beforeSendMetric: () => null });
  client.metrics.count("a", 1, { attributes: { currency: "\u20ac" } });
  client.metrics.count("a", 1, { attributes: { currency: "" } });
  const [euro, none] = drops.map(({ bytes }) => bytes);
  expect((euro as number) - (none as number)).toBe(3);
});
