import { flush } from "@spanmeter/core";
import { isBytes } from "../runtime/is-bytes.js";
import { currentShutdownTimeout } from "./client-timeouts.js";
import { findWaitUntil } from "./wait-until.js";

type Handler = (...args: never[]) => unknown;
type Call = (...args: unknown[]) => unknown;
/** Sends what waits: what an answer has to wait for, or nothing where the platform goes on after it. */
type Finish = () => Promise<unknown> | undefined;

/**
 * For functions, whose process is frozen once they have answered: what the handler recorded is sent
 * before its answer is final, for which it waits `shutdown.timeout` at most. Where the platform goes on
 * after the answer (`waitUntil` of Vercel, or of a context among the arguments as on Cloudflare), the
 * answer does not wait.
 *
 * Fits AWS Lambda, with a promise, a callback or a streamed response, and Google Cloud Functions, with
 * `(request, response)`, a promise or a callback. What the handler answers stays as it is; what it
 * returns at once is returned by a promise, unless a callback, a response or `waitUntil` is there.
 *
 * @example
 * export const handler = withFlush(async (event, context) => ({ statusCode: 200 }));
 */
export function withFlush<F extends Handler>(handler: F): F {
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    const waitUntil = findWaitUntil(args);
    const finish: Finish = () => {
      const flushed = flushNow();
      if (!waitUntil) return flushed;
      waitUntil(flushed);
      return undefined;
    };
    const mayAnswerLater = holdAnswers(args, finish);
    let answer: unknown;
    try {
      answer = (handler as unknown as Call).apply(this, args);
      if (!isThenable(answer) && (waitUntil || mayAnswerLater)) {
        if (waitUntil) void finish();
        return answer;
      }
    } catch (error) {
      // Whoever may answer later may not be asked to wait for a promise.
      if (waitUntil || (mayAnswerLater && handler.length >= args.length)) {
        void finish();
        throw error;
      }
      answer = Promise.reject(error);
    }
    return (async () => {
      try {
        return await answer;
      } finally {
        await finish();
      }
    })();
  };
  return likeness(wrapped, handler) as unknown as F;
}

const flushNow = (): Promise<boolean> => flush(currentShutdownTimeout()).catch(() => false);

/** A callback, or the end of a response, waits for the flush. Answers whether there is any. */
function holdAnswers(args: unknown[], finish: Finish): boolean {
  const last = args.at(-1);
  const callback = args.length > 1 && typeof last === "function" ? (last as Call) : undefined;
  if (callback)
    args[args.length - 1] = (...answer: unknown[]) => {
      const call = (): unknown => callback(...answer);
      const work = finish();
      if (!work) return call();
      // What it throws is an exception of the application, not a rejection of ours.
      void work.then(() => queueMicrotask(call));
      return undefined;
    };
  const response = args[1] as Response | null | undefined;
  if (typeof response?.end !== "function" || typeof response.setHeader !== "function")
    return callback !== undefined;
  holdEnd(response, finish);
  return true;
}

interface Response {
  end: Call;
  setHeader?: unknown;
  destroy?(error: unknown): void;
}

function holdEnd(response: Response, finish: Finish): void {
  const end = response.end;
  let isEnding = false;
  response.end = (...answer) => {
    // A second end must not overtake the first.
    if (isEnding) return response;
    // What is no answer is refused at once, so that the handler can catch it.
    const work = isAnswer(answer[0]) ? finish() : undefined;
    if (!work) return end.apply(response, answer);
    isEnding = true;
    void work.then(() => {
      try {
        end.apply(response, answer);
      } catch (error) {
        // Nobody is left to catch it; the connection must not stay open for ever.
        response.destroy?.(error);
      }
    });
    return response;
  };
}

const isAnswer = (chunk: unknown): boolean =>
  typeof (chunk ?? "") === "string" || typeof chunk === "function" || isBytes(chunk);

/**
 * Platforms tell a handler that takes a callback by how many parameters it has, and one that streams by
 * a symbol that `awslambda.streamifyResponse` puts on it.
 */
function likeness(wrapped: Call, handler: Handler): Call {
  const { prototype: _, ...own } = Object.getOwnPropertyDescriptors(
    handler,
  ) as PropertyDescriptorMap;
  return Object.defineProperties(wrapped, own);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
