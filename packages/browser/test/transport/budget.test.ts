import { beforeEach, expect, test, vi } from "vitest";
import { createRuntime } from "../../src/runtime.js";
import type { withBudget as WithBudget } from "../../src/transport/budget.js";

/** The budget depends on earlier requests of a page, so each test loads the module again. */
let withBudget: typeof WithBudget;
beforeEach(async () => {
  vi.resetModules();
  ({ withBudget } = await import("../../src/transport/budget.js"));
});

interface Sending {
  /** The keepalive flag of each attempt. */
  readonly keepalive: boolean[];
  /** Answers with a status and headers; the body stays open. */
  answer(): void;
  /** Answers and ends the body, with an error or without. */
  end(error?: Error): void;
  fail(error: Error): void;
  result: Promise<unknown>;
  /** How many attempts have ended. */
  ended: number;
}

function begin(size: number, leftMs = 10_000): Sending {
  let endBody: (error?: Error) => void = () => {};
  const body = new Promise<void>((resolve, reject) => {
    endBody = (error) => (error ? reject(error) : resolve());
  });
  const response = { blob: () => body };
  const sending: Sending = {
    keepalive: [],
    answer() {},
    end(error) {
      sending.answer();
      endBody(error);
    },
    fail() {},
    result: Promise.resolve(),
    ended: 0,
  };
  const send: Parameters<typeof WithBudget>[1] = (keepalive) => {
    sending.keepalive.push(keepalive);
    const answer = new Promise<typeof response>((resolve, reject) => {
      sending.answer = () => resolve(response);
      sending.fail = reject;
    });
    return { answer, onEnd: () => sending.ended++, leftMs: () => leftMs };
  };
  sending.result = withBudget(size, send, createRuntime());
  return sending;
}

const refusal = new TypeError("Failed to fetch");

test("allows keepalive while the bytes in flight, the new request included, are at most 60 000", async () => {
  const first = begin(59_999);
  const fitting = begin(1);
  const beyond = begin(1);
  expect([first, fitting, beyond].map((sending) => sending.keepalive)).toEqual([
    [true],
    [true],
    [false],
  ]);
});

test("releases the bytes when the body ends, not before", async () => {
  const first = begin(60_000);
  first.answer();
  await first.result;
  expect(begin(60_000).keepalive).toEqual([false]);
  expect(first.ended).toBe(0);
  first.end();
  await vi.waitFor(() => expect(begin(60_000).keepalive).toEqual([true]));
  expect(first.ended).toBe(1);
});

test("an answer waits for its body, so that the next request has the room", async () => {
  const first = begin(60_000);
  first.answer();
  const next = first.result.then(() => begin(60_000).keepalive);
  setTimeout(() => first.end(), 50);
  expect(await next).toEqual([true]);
});

test("an answer waits for its body half of the time that is left, at most", async () => {
  const first = begin(60_000, 100);
  const startMs = performance.now();
  first.answer();
  await first.result;
  expect(performance.now() - startMs).toBeLessThan(600);
  expect(first.ended).toBe(0);
  expect(begin(60_000).keepalive).toEqual([false]);
});

test("the bytes are released when a request cannot begin", async () => {
  const send = (): never => {
    throw new Error("no AbortController");
  };
  await expect(withBudget(60_000, send, createRuntime())).rejects.toThrow("no AbortController");
  expect(begin(60_000).keepalive).toEqual([true]);
});

test("an answer counts although its body fails, and the bytes are released", async () => {
  const first = begin(60_000);
  first.end(new TypeError("network error"));
  expect(await first.result).toBeDefined();
  expect(first.keepalive).toEqual([true]);
  await vi.waitFor(() => expect(begin(60_000).keepalive).toEqual([true]));
});

test("releases the bytes when a request fails", async () => {
  const first = begin(60_000);
  first.fail(new DOMException("took too long", "TimeoutError"));
  await expect(first.result).rejects.toThrow("took too long");
  expect(first.ended).toBe(1);
  expect(first.keepalive).toEqual([true]);
  expect(begin(60_000).keepalive).toEqual([true]);
});

test("after an earlier answer, a refused request is sent again without keepalive", async () => {
  const earlier = begin(1);
  earlier.end();
  await earlier.result;
  const sending = begin(50_000);
  sending.fail(refusal);
  await vi.waitFor(() => expect(sending.keepalive).toEqual([true, false]));
  expect(begin(50_000).keepalive).toEqual([false]);
  sending.end();
  expect(await sending.result).toBeDefined();
});

test("without any answer, no request is sent twice, and every other one has no keepalive", async () => {
  const attempts: boolean[][] = [];
  for (let i = 0; i < 4; i++) {
    const sending = begin(100);
    sending.fail(refusal);
    await expect(sending.result).rejects.toBe(refusal);
    attempts.push(sending.keepalive);
  }
  expect(attempts).toEqual([[true], [false], [true], [false]]);
});

test("recognises a TypeError of another realm by its name", async () => {
  const earlier = begin(1);
  earlier.end();
  await earlier.result;
  const sending = begin(1);
  sending.fail(Object.assign(new Error("Failed to fetch"), { name: "TypeError" }));
  await vi.waitFor(() => expect(sending.keepalive).toEqual([true, false]));
});

test("does not count the bytes of a request without keepalive", () => {
  const large = begin(60_001);
  const small = begin(60_000);
  expect([large.keepalive, small.keepalive]).toEqual([[false], [true]]);
});

test("allows fewer than fifteen keepalive requests at a time", () => {
  const many = Array.from({ length: 15 }, () => begin(1));
  expect(many.filter((sending) => sending.keepalive[0])).toHaveLength(14);
});
