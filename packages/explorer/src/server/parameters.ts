import type { MiddlewareHandler } from "hono";
import { usageError } from "../questions/query-error.js";

/** Parameters that may be given several times. */
const REPEATABLE = ["where", "agg", "by", "kind"];

/** Refuses query parameters that a route does not have: a mistyped parameter would otherwise be ignored. */
export function allowParameters(...allowed: string[]): MiddlewareHandler {
  return function refuseOtherParameters(context, next) {
    for (const [name, values] of Object.entries(context.req.queries())) {
      if (!allowed.includes(name)) throw usageError(explainUnknown(name, allowed));
      if (values.length > 1 && !REPEATABLE.includes(name))
        throw usageError(`${name} is given ${values.length} times; give it once`);
    }
    return next();
  };
}

const explainUnknown = (name: string, allowed: readonly string[]): string =>
  allowed.length === 0
    ? `There is no parameter "${name}" here; this path takes none`
    : `There is no parameter "${name}" here; valid are ${allowed.join(", ")}`;
