import type { Envelope, Platform, Transport } from "../../src/index.js";
import { encodeMetrics } from "../../src/index.js";
import type { FaultKind, Part } from "./events.js";

/** A platform whose functions fail one by one, as a test asks. */
export interface FaultyPlatform {
  readonly overrides: Partial<Platform>;
  wrapSend(send: Transport["send"]): Transport["send"];
  set(part: Part, kind: FaultKind | undefined): void;
  /** Everything works from here on. */
  repair(): void;
}

export function createFaultyPlatform(
  platform: Platform,
  /** Stores an envelope for a later process. */
  store: (envelope: Envelope) => void,
): FaultyPlatform {
  const faults = new Map<Part, FaultKind>();

  /** Calls `real`, or fails as asked: by throwing, or with one of the values that make no sense. */
  function call<T>(part: Part, real: () => T, nonsense: readonly unknown[], lost?: () => T): T {
    const kind = faults.get(part);
    if (kind === "throws") throw new Error(`${part} fails`);
    if (kind === "nonsense") return nonsense[calls++ % nonsense.length] as T;
    return kind === "lost" && lost ? lost() : real();
  }
  let calls = 0;

  const numbers = [undefined, NaN, Infinity, -1, "1", null, {}];
  return {
    overrides: {
      now: () => call("now", platform.now, numbers),
      monotonicMs: () => call("monotonicMs", platform.monotonicMs, numbers),
      random: () => call("random", platform.random, numbers),
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
      encodeMetrics: (...given) =>
        call("encodeMetrics", () => encodeMetrics(...given), [
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
        // None of these says that the envelope was taken.
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
