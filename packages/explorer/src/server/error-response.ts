import type { Context } from "hono";
import { QueryError } from "../questions/query-error.js";

/** Responds to a `QueryError` with its code and message. Throws any other error, for the next handler. */
export function respondToQueryError(error: Error, context: Context): Response {
  if (!(error instanceof QueryError)) throw error;
  const { code, message, at } = error;
  return context.json({ error: { code, message, at } }, code === "usage" ? 400 : 404);
}
