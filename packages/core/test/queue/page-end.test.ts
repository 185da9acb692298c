import { expect, test } from "vitest";
import { setUp } from "../set-up.js";

test("metrics recorded while a page ends are sent together in a microtask", async () => {
  let isEnding = false;
  const { client, transport } = setUp({}, { isEnding: () => isEnding });
  client.metrics.count("before");
  isEnding = true;
  for (let i = 0; i < 5; i++) client.metrics.count("last", i);
  expect(transport.sends).toHaveLength(0);
  await Promise.resolve();
  expect(transport.sends).toHaveLength(1);
  expect(transport.metrics.map(({ name }) => name)).toEqual(["before", ...Array(5).fill("last")]);
});

test("metrics are sent while a page ends, even during a pause or with a full queue", async () => {
  let isEnding = false;
  const { client, transport } = setUp({ maxQueueItems: 1 }, { isEnding: () => isEnding });
  transport.onSend = new Error("offline");
  client.metrics.count("a");
  await client.flush();
  transport.onSend = { statusCode: 200 };
  isEnding = true;
  for (let i = 0; i < 3; i++) client.metrics.count("b");
  await Promise.resolve();
  expect(transport.metrics.map(({ name, value }) => [name, value])).toEqual([
    ["a", 1],
    ["a", 1],
    ["b", 3],
  ]);
});
