import type { Context } from "hono";
import { QueryError } from "../questions/query-error.js";

/** The answer to a question that cannot be answered; what is no such question is for the next handler. */
export function answerQueryError(error: Error, context: Context): Response {
  if (!(error instanceof QueryError)) throw error;
  const { code, message } = error;
  return context.json({ error: { code, message } }, code === "usage" ? 400 : 404);
}
