import type { Context, MiddlewareHandler } from "hono";
import { withSignal } from "../runtime/cancellation.js";

/** Answers that are kept. */
const MAX_ANSWERS = 200;
/** A larger answer is not kept, in characters. */
const MAX_LENGTH = 1_000_000;
/** Durations such as `since=10m` count back from now: so long an answer stays right enough, in milliseconds. */
const MAX_AGE_MS = 1_000;

interface Kept {
  readonly seq: bigint;
  readonly atMs: number;
  readonly text: string;
}

/**
 * Answers a repeated question from memory as long as nothing has arrived since, and ends the work for a reader that has
 * gone. Several tabs of a page ask the same questions at the same moment.
 */
export function answerCache(lastSeq: () => bigint): MiddlewareHandler {
  const answers = new Map<string, Kept>();

  function find(url: string): string | undefined {
    const kept = answers.get(url);
    if (kept === undefined || kept.seq !== lastSeq()) return undefined;
    return Date.now() - kept.atMs < MAX_AGE_MS ? kept.text : undefined;
  }

  function keep(url: string, kept: Kept): void {
    if (kept.text.length > MAX_LENGTH) return;
    answers.delete(url);
    answers.set(url, kept);
    const [oldest] = answers.keys();
    if (answers.size > MAX_ANSWERS && oldest !== undefined) answers.delete(oldest);
  }

  return async function answer(context, next) {
    const { method, url, raw } = context.req;
    // A body is a part of the question.
    if (method !== "GET") return withSignal(raw.signal, next);
    const known = find(url);
    if (known !== undefined)
      return context.body(known, 200, { "content-type": "application/json" });
    const [seq, atMs] = [lastSeq(), Date.now()];
    await withSignal(raw.signal, next);
    if (isAnswer(context)) keep(url, { seq, atMs, text: await context.res.clone().text() });
    return undefined;
  };
}

const isAnswer = ({ res }: Context): boolean =>
  res.status === 200 && res.headers.get("content-type") === "application/json";
