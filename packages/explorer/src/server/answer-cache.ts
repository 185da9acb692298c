import type { Context, MiddlewareHandler } from "hono";
import { withSignal } from "../runtime/cancellation.js";
import { createAnswerTag, matchesTag, type AnswerState } from "./answer-tag.js";

/** Answers that are kept. */
const MAX_ANSWERS = 200;
/** A larger answer is not kept, in characters. */
const MAX_LENGTH = 1_000_000;
/** Durations such as `since=10m` count back from now: so long an answer stays right enough, in milliseconds. */
const MAX_AGE_MS = 1_000;

interface Kept extends AnswerState {
  /** In milliseconds since the epoch. */
  readonly atMs: number;
  readonly text: string;
}

/**
 * Answers a repeated question from memory as long as nothing has arrived since, and ends the work for a reader that has
 * gone. Several tabs of a page ask the same questions at the same moment. A reader that names the tag of the answer it
 * would get receives a 304, for which nothing is computed.
 */
export function answerCache(lastSeq: () => bigint): MiddlewareHandler {
  const answers = new Map<string, Kept>();
  const tagOf = createAnswerTag();
  let count = 0;

  function find(url: string): Kept | undefined {
    const kept = answers.get(url);
    if (kept === undefined || kept.seq !== lastSeq()) return undefined;
    return Date.now() - kept.atMs < MAX_AGE_MS ? kept : undefined;
  }

  function keep(kept: Kept): void {
    if (kept.text.length > MAX_LENGTH) return;
    answers.delete(kept.url);
    answers.set(kept.url, kept);
    const [oldest] = answers.keys();
    if (answers.size > MAX_ANSWERS && oldest !== undefined) answers.delete(oldest);
  }

  return async function answer(context, next) {
    const { method, url, raw } = context.req;
    // A body is a part of the question.
    if (method !== "GET") return withSignal(raw.signal, next);
    const known = find(url);
    const atMs = Date.now();
    const state = known ?? { url, seq: lastSeq(), number: ++count };
    const tag = tagOf(state);
    const hasIt = matchesTag(context.req.header("if-none-match"), tag);
    if (hasIt) return context.body(null, 304, headersOf(tag));
    if (known !== undefined)
      return context.body(known.text, 200, {
        ...headersOf(tag),
        "content-type": "application/json",
      });
    await withSignal(raw.signal, next);
    if (!isAnswer(context)) return undefined;
    for (const [name, value] of Object.entries(headersOf(tag))) context.header(name, value);
    keep({ ...state, atMs, text: await context.res.clone().text() });
    return undefined;
  };
}

/** A browser keeps an answer only to ask whether it is still right. */
const headersOf = (tag: string): { etag: string; "cache-control": string } => ({
  etag: tag,
  "cache-control": "private, no-cache",
});

const isAnswer = ({ res }: Context): boolean =>
  res.status === 200 && res.headers.get("content-type") === "application/json";
