import type { Undo } from "@spanmeter/core";

/** What happens to the platform of a client, and not to the server, while a fault lasts. */
export interface Disturbance {
  /** `first`: before anything is recorded. `arrived`: once the server has read a batch. */
  readonly when: "first" | "arrived";
  apply(): Undo;
}

/** Puts something else in the place of a member, and back. */
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

/** The clock of the machine is set. */
export function clockStep(ms: number): Disturbance {
  const { now } = Date;
  return { when: "arrived", apply: () => replace(Date, "now", () => now() + ms) };
}

/** A test, or a script of somebody else, replaced a part of the platform by one that does not work. */
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
