import type { MiddlewareHandler } from "hono";
import { usageError } from "../questions/query-error.js";

/** These may be given several times; of every other parameter only one value could be used. */
const REPEATABLE = ["where", "agg", "by", "kind"];

/** Refuses parameters that a route does not have: a mistyped one would change the answer without a word. */
export const allowParameters =
  (...allowed: string[]): MiddlewareHandler =>
  (context, next) => {
    for (const [name, values] of Object.entries(context.req.queries())) {
      if (!allowed.includes(name)) throw usageError(explainUnknown(name, allowed));
      if (values.length > 1 && !REPEATABLE.includes(name))
        throw usageError(`${name} is given ${values.length} times; give it once`);
    }
    return next();
  };

const explainUnknown = (name: string, allowed: readonly string[]): string =>
  allowed.length === 0
    ? `There is no parameter "${name}" here; this path takes none`
    : `There is no parameter "${name}" here; valid are ${allowed.join(", ")}`;
