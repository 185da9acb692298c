import type { Envelope, TransportResponse } from "@spanmeter/core";

/** A send without an answer, and how to end it for the client. */
interface PendingSend {
  readonly envelope: Envelope;
  resolve(response: TransportResponse): void;
  reject(reason: Error): void;
}

/** The sends of a client that have no answer yet. At the end of a process it also holds back new ones. */
export interface PendingSends {
  send(envelope: Envelope): Promise<TransportResponse>;
  /** How many sends have started and have no answer. */
  size(): number;
  /** From here on no send starts: new ones wait. */
  pause(): void;
  /** The envelopes without an answer: those being sent and those that wait. */
  envelopes(): readonly Envelope[];
  /** Returns all envelopes without an answer. The caller sends or stores them. */
  takeAll(): readonly Envelope[];
  /**
   * Ends a pause, because the process goes on. Envelopes that were taken count as sent. Those that wait
   * start now, or return to the queue of the client while `mayStart` is false.
   */
  resume(mayStart: boolean): void;
}

/** Tracks the sends of a client. `onChange` is called when one has ended, and when one has to wait. */
export function createPendingSends(
  attempt: (envelope: Envelope) => Promise<TransportResponse>,
  onChange: () => void,
): PendingSends {
  const started = new Set<PendingSend>();
  const taken: PendingSend[] = [];
  /** Only during a pause. */
  let waiting: PendingSend[] | undefined;

  function start(pending: PendingSend): void {
    started.add(pending);
    function end(): void {
      started.delete(pending);
      onChange();
    }
    void attempt(pending.envelope).then(
      (response) => {
        pending.resolve(response);
        end();
      },
      (error: Error) => {
        pending.reject(error);
        end();
      },
    );
  }

  function send(envelope: Envelope): Promise<TransportResponse> {
    const { pending, promise } = createPending(envelope);
    if (waiting) {
      waiting.push(pending);
      onChange();
    } else start(pending);
    return promise;
  }

  function unanswered(): PendingSend[] {
    return [...started, ...(waiting ?? [])];
  }

  function takeAll(): readonly Envelope[] {
    const sends = unanswered();
    taken.push(...sends);
    started.clear();
    waiting?.splice(0);
    return sends.map(({ envelope }) => envelope);
  }

  function resume(mayStart: boolean): void {
    const returned = waiting ?? [];
    waiting = undefined;
    for (const pending of taken.splice(0)) pending.resolve({});
    for (const pending of returned)
      if (mayStart) start(pending);
      else pending.reject(new Error("Sentry asked for a pause"));
  }

  return {
    send,
    size: () => started.size,
    pause: () => void (waiting ??= []),
    envelopes: () => unanswered().map(({ envelope }) => envelope),
    takeAll,
    resume,
  };
}

interface CreatedSend {
  readonly pending: PendingSend;
  readonly promise: Promise<TransportResponse>;
}

/** The promise is made first, so that no executor stands in the stack of a send. */
function createPending(envelope: Envelope): CreatedSend {
  let pending: PendingSend | undefined;
  const promise = new Promise<TransportResponse>((resolve, reject) => {
    pending = { envelope, resolve, reject };
  });
  return { pending: pending as PendingSend, promise };
}
