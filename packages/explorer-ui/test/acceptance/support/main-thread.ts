import type { Page } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the task, in microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** What the main thread of a page did, in milliseconds of processor time: other processes do not make it longer. */
export interface MainThread {
  /** The longest task: while it ran, the page could not draw. */
  readonly longestMs: number;
  readonly totalMs: number;
  /** How many frames were drawn. */
  readonly frames: number;
}

/** Measures the main thread of the only page of a browser that does something, during an action. */
export async function mainThreadDuring(
  page: Page,
  action: () => Promise<void>,
): Promise<MainThread> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, {
    categories: ["disabled-by-default-devtools.timeline", "devtools.timeline"],
  });
  await action();
  const trace = await browser.stopTracing();
  const events = (JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }).traceEvents;
  const threads = events
    .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
    .map(({ pid, tid }) => events.filter((each) => each.pid === pid && each.tid === tid));
  return threads.map(summarize).toSorted((a, b) => b.totalMs - a.totalMs)[0]!;
}

function summarize(events: readonly TraceEvent[]): MainThread {
  const tasks = events
    .filter(({ name, tdur }) => name === "RunTask" && tdur !== undefined)
    .map(({ tdur }) => tdur! / 1_000);
  return {
    longestMs: Math.max(0, ...tasks),
    totalMs: tasks.reduce((sum, each) => sum + each, 0),
    frames: events.filter(({ name }) => name === "Commit").length,
  };
}
