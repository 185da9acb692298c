import { parseJson } from "../model/json.js";
import { ClientError, type ClientErrorCode } from "./client-error.js";
import { unreachable } from "./probe.js";

interface ErrorBody {
  error?: { code: string; message: string };
}

/**
 * Reads the JSON of a response. Rejects with a `ClientError` when the response is an error, or is not from an explorer.
 * @param url - the address or file for the message of an error
 */
export async function readAnswer<T>(url: string, response: Response): Promise<T> {
  const answer = await readJson<T & ErrorBody>(response);
  if (answer !== undefined && response.ok) return answer;
  if (answer?.error === undefined) throw unreachable("other", url);
  throw new ClientError(codeOf(answer.error.code), answer.error.message);
}

const codeOf = (code: string): ClientErrorCode =>
  code === "usage" || code === "not_found" ? code : "failed";

async function readJson<T>(response: Response): Promise<T | undefined> {
  const text = await response.text();
  try {
    return parseJson(text) as T;
  } catch {
    return undefined;
  }
}
