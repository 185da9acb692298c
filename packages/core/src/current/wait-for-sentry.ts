import type { EarlyHost, EarlyRecorder, Part } from "../contract/part.js";
import type { RecordCall } from "../contract/stage.js";
import { createEarlyCalls, type EarlyCalls } from "./early-calls.js";

/** Buffers the first 100 calls of a client until a Sentry SDK that is initialised later names a DSN. */
export const waitForSentry = (): Part => ({ createEarlyRecorder });

function createEarlyRecorder(host: EarlyHost): EarlyRecorder {
  let calls: EarlyCalls | undefined = createEarlyCalls(host);

  function open(): boolean {
    const buffered = calls;
    if (buffered && host.isReady()) {
      calls = undefined;
      buffered.release(host.onReady());
    }
    return !calls;
  }

  function record(...call: Parameters<RecordCall>): void {
    if (open()) return host.record(...call);
    if (calls?.count() === 0) host.onFirstCall();
    calls?.record(...call);
  }

  return {
    record,
    open,
    miss(count) {
      calls?.miss(count);
      return Boolean(calls);
    },
    close() {
      calls = undefined;
    },
  };
}
