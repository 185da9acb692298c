/** A value that all copies of this package in a process share. */
export interface Slot<T> {
  get(): T;
  set(value: T): void;
}

/**
 * Keeps a value under a registered symbol of the global object rather than in a module variable, so that
 * the ESM and the CommonJS copy of this package in one process share it. Where the global object is
 * frozen, each copy has its own.
 */
export function createSlot<T>(name: string, create: () => T): Slot<T> {
  const key = Symbol.for(name);
  let holder = globalThis as { [key: symbol]: T | undefined };

  function get(): T {
    try {
      return (holder[key] ??= create());
    } catch {
      holder = {};
      return (holder[key] = create());
    }
  }

  function set(value: T): void {
    try {
      holder[key] = value;
    } catch {
      holder = { [key]: value };
    }
  }

  return { get, set };
}
