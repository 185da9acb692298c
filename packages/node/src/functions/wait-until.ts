type WaitUntil = (work: Promise<unknown>) => void;

/** Where Vercel keeps the context of the request that is handled. */
const VERCEL: unique symbol = Symbol.for("@vercel/request-context");

/** What keeps a function alive after its answer, where the platform has it: in an argument, or Vercel's. */
export function findWaitUntil(args: readonly unknown[]): WaitUntil | undefined {
  try {
    const vercel = (globalThis as { [VERCEL]?: { get?(): unknown } })[VERCEL];
    const contexts = [...args, vercel?.get?.()] as ({ waitUntil?: unknown } | null | undefined)[];
    const context = contexts.find((each) => typeof each?.waitUntil === "function");
    return context ? (work) => quietly(context as { waitUntil: WaitUntil }, work) : undefined;
  } catch {
    return undefined;
  }
}

/** A platform may refuse to wait for what comes too late. */
function quietly(context: { waitUntil: WaitUntil }, work: Promise<unknown>): void {
  try {
    context.waitUntil(work);
  } catch {
    // The work goes on as long as the platform lets it.
  }
}
