import type { AttributeContext, AttributeMap } from "@spanmeter/core";

/**
 * The attributes of `withAttributes` while its function runs. Browsers cannot follow an `await` yet
 * (`AsyncContext` is a proposal), so an async function has them until its first `await` only; what
 * other code records during the wait must not get them by accident.
 */
export function createAttributeContext(): AttributeContext {
  let active: AttributeMap | undefined;
  return {
    current: () => active,
    run(attributes, fn) {
      const outer = active;
      active = attributes;
      try {
        return fn();
      } finally {
        active = outer;
      }
    },
  };
}
