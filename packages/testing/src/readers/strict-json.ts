import { BrokenRule, must } from "./broken-rule.js";

/**
 * Parses JSON like Relay, which is stricter than `JSON.parse`: bytes must be UTF-8, and an escaped lone
 * surrogate is an error. Duplicate keys are legal JSON but always a mistake of the encoder, so they are
 * errors too.
 *
 * @throws BrokenRule
 */
export function parseStrictJson(bytes: Uint8Array, path: string): unknown {
  const text = decodeUtf8(bytes, path);
  try {
    JSON.parse(text);
  } catch (error) {
    throw new BrokenRule(path, `must be JSON: ${(error as Error).message}`);
  }
  refuseDuplicateKeys(text, path);
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === "string") refuseLoneSurrogates(value, path);
    else if (isObject(value)) Object.keys(value).forEach((key) => refuseLoneSurrogates(key, path));
    return value;
  });
}

function decodeUtf8(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BrokenRule(path, "must be UTF-8");
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function refuseLoneSurrogates(text: string, path: string): void {
  must(!/\p{Surrogate}/u.test(text), path, `has a lone surrogate in ${JSON.stringify(text)}`);
}

/** Scans valid JSON for duplicate keys. A string before a colon is a key. */
function refuseDuplicateKeys(text: string, path: string): void {
  const open: Set<string>[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const token = text[i];
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    if (token !== '"') continue;
    const start = i;
    i = closingQuote(text, i);
    if (!/^\s*:/.test(text.slice(i + 1, i + 20))) continue;
    const key = JSON.parse(text.slice(start, i + 1)) as string;
    must(!open.at(-1)?.has(key), path, `has the key ${JSON.stringify(key)} twice in one object`);
    open.at(-1)?.add(key);
  }
}

function closingQuote(text: string, opening: number): number {
  let i = opening + 1;
  while (text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i;
}
