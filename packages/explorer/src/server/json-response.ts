import type { Context } from "hono";
import { stringifyJson } from "../model/json.js";

/** Creates a response with a value as JSON: `context.json` cannot write integers of 64 bits as exact numbers. */
export const json = (context: Context, value: unknown): Response =>
  jsonText(context, stringifyJson(value));

/** Creates a response with text that is JSON. */
export const jsonText = (context: Context, text: string): Response =>
  context.body(text, 200, { "content-type": "application/json" });
