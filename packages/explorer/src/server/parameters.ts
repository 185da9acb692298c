import type { MiddlewareHandler } from "hono";
import { usageError } from "../questions/query-error.js";

/** Parameters that may be given several times. */
const REPEATABLE = ["where", "agg", "by", "kind"];

/** Refuses query parameters that a route does not have: a mistyped parameter would otherwise be ignored. */
export function allowParameters(...allowed: string[]): MiddlewareHandler {
  return function refuseOtherParameters(context, next) {
    for (const [name, values] of Object.entries(context.req.queries())) {
      if (!allowed.includes(name)) throw usageError(explainUnknown(name, allowed));
      if (values.length > 1 && !REPEATABLE.includes(name)) throw repeated(name, values);
    }
    return next();
  };
}

const repeated = (name: string, values: readonly string[]): Error =>
  usageError(`${name} is given ${values.length} times; give it once`);

/** Reads a parameter that other routes take several times, and this one takes once. */
export function readOnce(name: string, values: readonly string[] = []): string | undefined {
  if (values.length > 1) throw repeated(name, values);
  return values[0];
}

/** Reads a parameter that is a whole number. Throws a usage error for any other text. */
export function readWhole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw usageError(`${name} is "${text}"; give a whole number`);
}

/** Reads a parameter that is a decimal number without a sign. Throws a usage error for any other text. */
export function readDecimal(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  throw usageError(`${name} is "${text}"; give a number such as 0.5`);
}

const explainUnknown = (name: string, allowed: readonly string[]): string =>
  allowed.length === 0
    ? `There is no parameter "${name}" here; this path takes none`
    : `There is no parameter "${name}" here; valid are ${allowed.join(", ")}`;
