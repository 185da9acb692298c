import { AsyncLocalStorage } from "node:async_hooks";
import type { AttributeContext } from "@spanmeter/core";

/**
 * Carries the attributes of `withAttributes` across `await`, timers and callbacks. The storage is made
 * at the first `run`, because in node 20 a storage in use makes every promise of the process dearer.
 */
type Carried = Parameters<AttributeContext["run"]>[0];

export function createAttributeContext(): AttributeContext {
  let storage: AsyncLocalStorage<Carried> | undefined;
  return {
    run: (attributes, fn) => (storage ??= new AsyncLocalStorage()).run(attributes, fn),
    current: () => storage?.getStore(),
  };
}
