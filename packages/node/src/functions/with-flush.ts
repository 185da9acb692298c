import { flush } from "@spanmeter/core";
import { isBytes } from "../runtime/is-bytes.js";
import { currentShutdownTimeout } from "./client-timeouts.js";
import { findWaitUntil } from "./wait-until.js";

type Handler = (...args: never[]) => unknown;
type Call = (...args: unknown[]) => unknown;
/** Flushes. Returns a promise that the answer has to wait for, or nothing where the platform waits. */
type Finish = () => Promise<unknown> | undefined;

/**
 * Wraps the handler of a function whose process is frozen once it has answered: metrics of the handler
 * are sent before its answer is final, which waits for at most `shutdown.timeout`. Where the platform
 * goes on after the answer (`waitUntil` of Vercel, or of a context among the arguments as on
 * Cloudflare), the answer does not wait.
 *
 * Fits AWS Lambda, with a promise, a callback or a streamed response, and Google Cloud Functions, with
 * `(request, response)`, a promise or a callback. The answer of the handler does not change, except that
 * a value it returns without a promise is returned by a promise, unless there is a callback, a response
 * or `waitUntil`.
 *
 * @example
 * export const handler = withFlush(async (event, context) => ({ statusCode: 200 }));
 */
export function withFlush<F extends Handler>(handler: F): F {
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    const waitUntil = findWaitUntil(args);
    const finish: Finish = () => {
      const flushed = flushInTime();
      if (!waitUntil) return flushed;
      waitUntil(flushed);
      return undefined;
    };
    const mayAnswerLater = delayAnswers(args, finish);
    let answer: unknown;
    try {
      answer = (handler as unknown as Call).apply(this, args);
      if (!isThenable(answer) && (waitUntil || mayAnswerLater)) {
        if (waitUntil) void finish();
        return answer;
      }
    } catch (error) {
      // A handler that may answer later need not return a promise.
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
  return copyProperties(wrapped, handler) as unknown as F;
}

const flushInTime = (): Promise<boolean> => flush(currentShutdownTimeout()).catch(() => false);

/** Makes a callback, or the end of a response, wait for the flush. Returns whether there is any. */
function delayAnswers(args: unknown[], finish: Finish): boolean {
  const last = args.at(-1);
  const callback = args.length > 1 && typeof last === "function" ? (last as Call) : undefined;
  if (callback) args[args.length - 1] = delayCallback(callback, finish);
  const response = args[1] as Response | null | undefined;
  if (typeof response?.end !== "function" || typeof response.setHeader !== "function")
    return callback !== undefined;
  delayEnd(response, finish);
  return true;
}

function delayCallback(callback: Call, finish: Finish): Call {
  return (...answer) => {
    const call = (): unknown => callback(...answer);
    const flushed = finish();
    if (!flushed) return call();
    // An error of the callback must be an exception of the application, not a rejection of ours.
    void flushed.then(() => queueMicrotask(call));
    return undefined;
  };
}

interface Response {
  end: Call;
  setHeader?: unknown;
  destroy?(error: unknown): void;
}

function delayEnd(response: Response, finish: Finish): void {
  const end = response.end;
  let isEnding = false;
  response.end = (...answer) => {
    // A second end must not overtake the first.
    if (isEnding) return response;
    // An invalid answer throws immediately, so that the handler can catch the error.
    const flushed = isAnswer(answer[0]) ? finish() : undefined;
    if (!flushed) return end.apply(response, answer);
    isEnding = true;
    void flushed.then(() => {
      try {
        end.apply(response, answer);
      } catch (error) {
        // Nobody can catch it any more, and the connection must not stay open.
        response.destroy?.(error);
      }
    });
    return response;
  };
}

const isAnswer = (chunk: unknown): boolean =>
  typeof (chunk ?? "") === "string" || typeof chunk === "function" || isBytes(chunk);

/**
 * Copies the properties that platforms read: a handler with a callback is recognised by its number of
 * parameters, and one that streams by a symbol of `awslambda.streamifyResponse`.
 */
function copyProperties(wrapped: Call, handler: Handler): Call {
  const { prototype: _, ...own } = Object.getOwnPropertyDescriptors(
    handler,
  ) as PropertyDescriptorMap;
  return Object.defineProperties(wrapped, own);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
