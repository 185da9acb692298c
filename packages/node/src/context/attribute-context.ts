import { AsyncLocalStorage } from "node:async_hooks";
import type { AttributeContext } from "@spanmeter/core";

/** The attributes of `withAttributes`. */
type ScopedAttributes = Parameters<AttributeContext["run"]>[0];

/**
 * Carries the attributes of `withAttributes` across `await`, timers and callbacks. The storage is made
 * at the first `run`, because in node 20 a storage in use slows down every promise of the process.
 */
export function createAttributeContext(): AttributeContext {
  let storage: AsyncLocalStorage<ScopedAttributes> | undefined;
  return {
    run: (attributes, fn) => (storage ??= new AsyncLocalStorage()).run(attributes, fn),
    current: () => storage?.getStore(),
  };
}
