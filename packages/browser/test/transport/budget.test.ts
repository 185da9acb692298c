import { expect, test } from "vitest";
import { withBudget } from "../../src/transport/budget.js";

interface Sending {
  /** What each attempt was told. */
  readonly keepalive: boolean[];
  finish(): void;
  fail(error: Error): void;
  result: Promise<string>;
}

function begin(size: number): Sending {
  const sending: Sending = { keepalive: [], finish() {}, fail() {}, result: Promise.resolve("") };
  sending.result = withBudget(size, (keepalive) => {
    sending.keepalive.push(keepalive);
    return new Promise<string>((resolve, reject) => {
      sending.finish = () => resolve("sent");
      sending.fail = reject;
    });
  });
  return sending;
}

test("allows keepalive while the bytes in flight stay within 60 000, the last one included", async () => {
  const first = begin(59_999);
  const last = begin(1);
  const beyond = begin(1);
  expect([first, last, beyond].map((sending) => sending.keepalive)).toEqual([
    [true],
    [true],
    [false],
  ]);
  for (const sending of [first, last, beyond]) sending.finish();
  expect(await Promise.all([first.result, last.result, beyond.result])).toEqual(
    Array(3).fill("sent"),
  );
});

test("gives the bytes back when a request ends, also when it fails", async () => {
  const first = begin(60_000);
  first.fail(new DOMException("took too long", "TimeoutError"));
  await expect(first.result).rejects.toThrow("took too long");
  expect(first.keepalive).toEqual([true]);
  const second = begin(60_000);
  expect(second.keepalive).toEqual([true]);
  second.finish();
  await second.result;
});

test("tries once more without keepalive when the browser refuses", async () => {
  const sending = begin(60_000);
  sending.fail(new TypeError("Failed to fetch"));
  await expect.poll(() => sending.keepalive).toEqual([true, false]);
  const other = begin(60_000);
  expect(other.keepalive).toEqual([true]);
  sending.finish();
  other.finish();
  expect(await sending.result).toBe("sent");
  await other.result;
});

test("does not charge the budget for a request that goes without keepalive", async () => {
  const large = begin(60_001);
  const small = begin(60_000);
  expect([large.keepalive, small.keepalive]).toEqual([[false], [true]]);
  large.finish();
  small.finish();
  await Promise.all([large.result, small.result]);
});

test("allows fewer than fifteen keepalive requests at a time", async () => {
  const many = Array.from({ length: 15 }, () => begin(1));
  expect(many.filter((sending) => sending.keepalive[0])).toHaveLength(14);
  for (const sending of many) sending.finish();
  await Promise.all(many.map((sending) => sending.result));
});
