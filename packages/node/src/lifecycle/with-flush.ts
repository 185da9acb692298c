import { flush } from "@spanmeter/core";
import { currentShutdownTimeout } from "./shutdown-timeout.js";

type Handler = (...args: never[]) => unknown;
type WaitUntil = (work: Promise<unknown>) => void;
type Call = (...args: unknown[]) => unknown;

const VERCEL = Symbol.for("@vercel/request-context");

/**
 * For functions, whose process is frozen once they have answered: what the handler recorded is sent
 * before its answer is final, for which it waits `shutdown.timeout` at most. Where the platform goes on
 * after the answer (`waitUntil` of Vercel, or of a context among the arguments as on Cloudflare), the
 * answer does not wait.
 *
 * Fits AWS Lambda, with a promise or a callback, and Google Cloud Functions, `(request, response)`.
 * What the handler returns or throws stays as it is.
 *
 * @example
 * export const handler = withFlush(async (event, context) => ({ statusCode: 200 }));
 */
export function withFlush<F extends Handler>(handler: F): F {
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    const waitUntil = findWaitUntil(args);
    if (!waitUntil) holdAnswers(args);
    const finish = (): unknown => (waitUntil ? waitUntil(flushNow()) : flushNow());
    let answer: unknown;
    try {
      answer = (handler as unknown as Call).apply(this, args);
    } catch (error) {
      if (waitUntil) finish();
      throw error;
    }
    if (!isThenable(answer)) return (waitUntil && finish(), answer);
    return (async () => {
      try {
        return await answer;
      } finally {
        await finish();
      }
    })();
  };
  // Platforms tell a handler that takes a callback by how many parameters it has.
  return Object.defineProperty(wrapped, "length", { value: handler.length }) as unknown as F;
}

const flushNow = (): Promise<boolean> => flush(currentShutdownTimeout()).catch(() => false);

/** A callback, or the end of a response, waits for the flush. */
function holdAnswers(args: unknown[]): void {
  const last = args.at(-1);
  if (args.length === 3 && typeof last === "function")
    args[2] = (...answer: unknown[]) => void flushNow().then(() => (last as Call)(...answer));
  const response = args[1] as { end?: Call; setHeader?: unknown } | undefined;
  if (typeof response?.end !== "function" || typeof response.setHeader !== "function") return;
  const end = response.end;
  let ending: Promise<unknown> | undefined;
  response.end = (...answer) => {
    ending ??= flushNow().then(() => end.apply(response, answer));
    return response;
  };
}

function findWaitUntil(args: readonly unknown[]): WaitUntil | undefined {
  try {
    const vercel = (globalThis as Record<symbol, unknown>)[VERCEL] as
      | { get?(): { waitUntil?: WaitUntil } | undefined }
      | undefined;
    const contexts = [...args, vercel?.get?.()] as ({ waitUntil?: unknown } | null | undefined)[];
    const context = contexts.find((each) => typeof each?.waitUntil === "function");
    return context ? (work) => (context.waitUntil as WaitUntil)(work) : undefined;
  } catch {
    return undefined;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
