/** Marks our listeners, so that the ESM and the CommonJS copy of this package recognise each other's. */
const MARK: unique symbol = Symbol.for("spanmeter.listener");

/** Marks a listener as one of this package. */
export function markOurs<F extends object>(listener: F): F {
  return Object.assign(listener, { [MARK]: true });
}

/** Whether a listener belongs to any copy of this package. */
export function isOurs(listener: object): boolean {
  return MARK in listener;
}
