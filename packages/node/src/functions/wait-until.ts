/** Keeps a function alive until `work` settles. */
type WaitUntil = (work: Promise<unknown>) => void;

/** Where Vercel stores the context of the current request. */
const VERCEL: unique symbol = Symbol.for("@vercel/request-context");

/** Finds the `waitUntil` of the platform, in an argument or in Vercel's request context. */
export function findWaitUntil(args: readonly unknown[]): WaitUntil | undefined {
  try {
    const vercel = (globalThis as { [VERCEL]?: { get?(): unknown } })[VERCEL];
    const contexts = [...args, vercel?.get?.()] as ({ waitUntil?: unknown } | null | undefined)[];
    const context = contexts.find((each) => typeof each?.waitUntil === "function");
    return context ? (work) => tryWaitUntil(context as { waitUntil: WaitUntil }, work) : undefined;
  } catch {
    return undefined;
  }
}

function tryWaitUntil(context: { waitUntil: WaitUntil }, work: Promise<unknown>): void {
  try {
    context.waitUntil(work);
  } catch {
    // The call came too late for the platform. The work goes on as long as the platform allows.
  }
}
