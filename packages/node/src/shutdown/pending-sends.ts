import type { Envelope, TransportResponse } from "@spanmeter/core";

/** A send that has no answer yet, and its end as core will hear of it. */
interface Send {
  readonly envelope: Envelope;
  begin(): void;
  settle(response: TransportResponse): void;
  fail(reason: Error): void;
}

/** What is being sent, and, once that might come too late, what only waits here. */
export interface UnderWay {
  send(envelope: Envelope): Promise<TransportResponse>;
  /** How many sends have begun and not ended. */
  size(): number;
  /** From here on nothing is begun. */
  hold(): void;
  /** Everything without an answer. */
  envelopes(): readonly Envelope[];
  /** The same, which is somebody else's affair from here on. */
  take(): readonly Envelope[];
  /** What was taken counts as sent. What is held begins now, or, while it must not, goes back to wait. */
  release(mayBegin: boolean): void;
}

export function createUnderWay(
  attempt: (envelope: Envelope) => Promise<TransportResponse>,
  /** Told when a send has ended, and when one is held. */
  onChange: () => void,
): UnderWay {
  const begun = new Set<Send>();
  const taken: Send[] = [];
  let held: Send[] | undefined;

  function create(envelope: Envelope, settle: Send["settle"], fail: Send["fail"]): Send {
    const send: Send = {
      envelope,
      settle,
      fail,
      begin() {
        begun.add(send);
        const end = (): void => {
          begun.delete(send);
          onChange();
        };
        void attempt(envelope).then(settle, fail).finally(end);
      },
    };
    return send;
  }
  const all = (): Send[] => [...begun, ...(held ?? [])];

  return {
    send: (envelope) =>
      new Promise((settle, fail) => {
        const send = create(envelope, settle, fail);
        if (!held) return send.begin();
        held.push(send);
        onChange();
      }),
    size: () => begun.size,
    hold: () => void (held ??= []),
    envelopes: () => all().map(({ envelope }) => envelope),
    take() {
      const sends = all();
      taken.push(...sends);
      begun.clear();
      held?.splice(0);
      return sends.map(({ envelope }) => envelope);
    },
    release(mayBegin) {
      const waiting = held ?? [];
      held = undefined;
      for (const send of taken.splice(0)) send.settle({});
      for (const send of waiting)
        if (mayBegin) send.begin();
        else send.fail(new Error("Sentry asked for a pause"));
    },
  };
}
