/** Marks our listeners, so that the ESM and the CommonJS copy of this package know each other's. */
const MARK: unique symbol = Symbol.for("spanmeter.listener");

export function ours<F extends object>(listener: F): F {
  return Object.assign(listener, { [MARK]: true });
}

export function isOurs(listener: object): boolean {
  return MARK in listener;
}
