import { expect, test } from "vitest";
import { withBudget } from "../../src/transport/budget.js";

interface Sending {
  readonly keepalive: boolean | undefined;
  readonly finish: () => void;
  readonly fail: () => void;
  readonly result: Promise<string>;
}

function begin(size: number): Sending {
  let keepalive: boolean | undefined;
  let finish = (): void => {};
  let fail = (): void => {};
  const result = withBudget(size, (allowed) => {
    keepalive = allowed;
    return new Promise<string>((resolve, reject) => {
      finish = () => resolve("sent");
      fail = () => reject(new TypeError("Failed to fetch"));
    });
  });
  return { keepalive, finish, fail, result };
}

test("allows keepalive while the bytes in flight stay within 60 000, the last one included", async () => {
  const first = begin(59_999);
  const last = begin(1);
  const beyond = begin(1);
  expect([first, last, beyond].map((sending) => sending.keepalive)).toEqual([true, true, false]);
  for (const sending of [first, last, beyond]) sending.finish();
  expect(await Promise.all([first.result, last.result, beyond.result])).toEqual(
    Array(3).fill("sent"),
  );
});

test("gives the bytes back when a request ends, also when it fails", async () => {
  const first = begin(60_000);
  first.fail();
  await expect(first.result).rejects.toThrow("Failed to fetch");
  const second = begin(60_000);
  expect(second.keepalive).toBe(true);
  second.finish();
  await second.result;
});

test("does not charge the budget for a request that goes without keepalive", async () => {
  const large = begin(60_001);
  const small = begin(60_000);
  expect([large.keepalive, small.keepalive]).toEqual([false, true]);
  large.finish();
  small.finish();
  await Promise.all([large.result, small.result]);
});

test("allows fewer than fifteen keepalive requests at a time", async () => {
  const many = Array.from({ length: 15 }, () => begin(1));
  expect(many.filter((sending) => sending.keepalive)).toHaveLength(14);
  for (const sending of many) sending.finish();
  await Promise.all(many.map((sending) => sending.result));
});
