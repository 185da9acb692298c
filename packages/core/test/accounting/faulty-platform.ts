import type { Envelope, Platform, Transport } from "../../src/index.js";
import { encodeMetrics } from "../../src/index.js";
import type { FaultKind, Part } from "./events.js";

/** A platform with functions that a test can make fail one by one. */
export interface FaultyPlatform {
  readonly overrides: Partial<Platform>;
  wrapSend(send: Transport["send"]): Transport["send"];
  set(part: Part, kind: FaultKind | undefined): void;
  /** Makes every function work again. */
  repair(): void;
}

/** Wraps a platform so that {@link FaultyPlatform.set} can make its functions fail. */
export function createFaultyPlatform(
  platform: Platform,
  /** Stores an envelope for a later process. */
  store: (envelope: Envelope) => void,
): FaultyPlatform {
  const faults = new Map<Part, FaultKind>();

  /** Calls `real`, throws, or returns one of the invalid values, depending on the fault that is set. */
  function call<T>(
    part: Part,
    real: () => T,
    invalidValues: readonly unknown[],
    lost?: () => T,
  ): T {
    const kind = faults.get(part);
    if (kind === "throws") throw new Error(`${part} fails`);
    if (kind === "invalid") return invalidValues[calls++ % invalidValues.length] as T;
    return kind === "lost" && lost ? lost() : real();
  }
  let calls = 0;

  const invalidNumbers = [undefined, NaN, Infinity, -1, "1", null, {}];
  return {
    overrides: {
      now: () => call("now", platform.now, invalidNumbers),
      monotonicMs: () => call("monotonicMs", platform.monotonicMs, invalidNumbers),
      random: () => call("random", platform.random, invalidNumbers),
      setTimer(fn, ms) {
        const undo = call(
          "setTimer",
          () => platform.setTimer(fn, ms),
          [undefined, 5, {}],
          () => () => {},
        );
        return () => {
          call("clearTimer", () => undo?.(), [undefined]);
        };
      },
      encodeUtf8: (text) =>
        call("encodeUtf8", () => platform.encodeUtf8(text), [undefined, null, "text"]),
      encodeMetrics: (...args) =>
        call("encodeMetrics", () => encodeMetrics(...args), [
          undefined,
          [],
          ["", 0, 0],
          ["", NaN, 0],
        ]),
      keep: (envelope) =>
        call(
          "keep",
          () => {
            store(envelope);
            return true;
          },
          [undefined],
        ),
    },
    wrapSend: (send) => (envelope) =>
      call(
        "transport",
        () => send(envelope),
        // None of these says that the envelope was accepted.
        // oxlint-disable unicorn/no-thenable
        [
          {
            then(_: unknown, reject: (error: Error) => void) {
              reject(new Error("no answer"));
            },
          },
          {
            then() {
              throw new Error("no promise");
            },
          },
          {
            get then(): never {
              throw new Error("no promise either");
            },
          },
        ],
        // oxlint-enable unicorn/no-thenable
        () => new Promise(() => {}),
      ),
    set(part, kind) {
      if (kind) faults.set(part, kind);
      else faults.delete(part);
    },
    repair: () => faults.clear(),
  };
}
