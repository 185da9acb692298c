import type { Undo } from "@spanmeter/core";

/** A fault of the client's platform, not of the server. */
export interface Disturbance {
  /** `first`: before anything is recorded. `arrived`: after the server has read a batch. */
  readonly when: "first" | "arrived";
  /** Begins the fault and returns how to end it. */
  apply(): Undo;
}

/** Replaces a member and returns how to restore it. */
function replace<T extends object>(object: T, name: keyof T, value: unknown): Undo {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(object, name, before);
    else Reflect.deleteProperty(object, name);
  };
}

const fail = (): never => {
  throw new Error("This part of the platform is broken.");
};

/** Moves the wall clock by `ms` milliseconds. */
export function clockStep(ms: number): Disturbance {
  const { now } = Date;
  return { when: "arrived", apply: () => replace(Date, "now", () => now() + ms) };
}

/** Globals that a test or a third-party script replaced by broken ones, by name. */
export const BROKEN_PLATFORM: Readonly<Record<string, Disturbance>> = {
  "Date.now that answers nothing": { when: "first", apply: () => replace(Date, "now", () => {}) },
  "Date.now that throws": { when: "first", apply: () => replace(Date, "now", fail) },
  "Math.random that throws": { when: "first", apply: () => replace(Math, "random", fail) },
  "performance.now that throws": { when: "first", apply: () => replace(performance, "now", fail) },
  "TextEncoder that throws": {
    when: "first",
    apply: () => replace(TextEncoder.prototype, "encode", fail),
  },
};
