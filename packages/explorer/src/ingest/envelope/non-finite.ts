import { stringEnd } from "../../model/json.js";

const NON_FINITE = /-?(?:NaN|Infinity)/y;

/** Replaces `NaN` and `Infinity`, which Python writes, by 0 outside texts, as Relay does. */
export function replaceNonFinite(body: Buffer): Buffer {
  const text = body.toString("utf8");
  if (!/NaN|Infinity/.test(text)) return body;
  let result = "";
  let index = 0;
  while (index < text.length) {
    NON_FINITE.lastIndex = index;
    const [found] = NON_FINITE.exec(text) ?? [];
    const end = text[index] === '"' ? stringEnd(text, index) : index + (found?.length ?? 1);
    result += found === undefined ? text.slice(index, end) : "0";
    index = end;
  }
  return Buffer.from(result);
}
