import * as Sentry from "@sentry/node";
import { metrics } from "@spanmeter/node";

const CONCURRENCY = 2;
const MAX_ATTEMPTS = 4;
const BACK_OFF_MS = 100;

/** Thrown by a handler when another attempt may succeed. */
export class TryAgain extends Error {
  name = "TryAgain";
}

/** Creates a queue of jobs that run after the visitor's answer, each in the trace of its request. */
export function createJobs(handlers) {
  const waiting = [];
  let open = 0;
  let running = 0;
  let wake = () => {};

  function enqueue(job) {
    waiting.push(job);
    metrics.gauge("queue.depth", waiting.length, { attributes: { queue: "jobs" } });
    work();
  }

  function work() {
    while (running < CONCURRENCY && waiting.length > 0) {
      running += 1;
      void run(waiting.shift()).finally(() => {
        running -= 1;
        work();
      });
    }
  }

  const run = (job) =>
    Sentry.continueTrace(job.trace, () =>
      Sentry.startSpan({ op: "queue.process", name: job.name }, () => attempt(job)),
    );

  async function attempt(job) {
    try {
      await handlers[job.name](job.data);
      finish(job, "done");
    } catch (error) {
      if (!(error instanceof TryAgain)) Sentry.captureException(error);
      if (error instanceof TryAgain && job.attempt < MAX_ATTEMPTS) retry(job, error);
      else finish(job, "failed");
    }
  }

  function retry(job, { message }) {
    metrics.count("job.retried", 1, {
      attributes: { job: job.name, attempt: job.attempt, reason: message },
    });
    setTimeout(() => enqueue({ ...job, attempt: job.attempt + 1 }), BACK_OFF_MS * 2 ** job.attempt);
  }

  function finish(job, outcome) {
    metrics.count("job.processed", 1, { attributes: { job: job.name, outcome } });
    open -= 1;
    if (open === 0) wake();
  }

  return {
    add(name, data) {
      const { "sentry-trace": sentryTrace, baggage } = Sentry.getTraceData();
      open += 1;
      enqueue({ name, data, attempt: 1, trace: { sentryTrace, baggage } });
    },
    /** Resolves when no job is left, retries included. */
    drained: () => (open === 0 ? Promise.resolve() : new Promise((resolve) => (wake = resolve))),
  };
}
