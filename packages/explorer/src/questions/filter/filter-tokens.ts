/** The operators between a field and its value, longer ones first. */
export const OPERATORS = ["!=", ">=", "<=", "=", ">", "<", "~"] as const;

/** One operator between a field and its value. */
export type Operator = (typeof OPERATORS)[number];

/** One piece of the text of a filter, and where it begins, in UTF-16 units from 0. */
export type Token = { readonly at: number } & (
  | { readonly kind: "(" | ")" }
  | { readonly kind: "operator"; readonly operator: Operator }
  | { readonly kind: "has"; readonly isNot: boolean }
  | {
      readonly kind: "word";
      /** The literal texts around the wildcards. */
      readonly parts: readonly string[];
      /** Quotes make a keyword, an `@` and a `*` plain text. */
      readonly isQuoted: boolean;
    }
  /** A quote that never ends. */
  | { readonly kind: "open quote" }
  | { readonly kind: "end" }
);

/** Operators of other languages, which would otherwise become part of a value. */
const FOREIGN = ["==", "=~", "!~", "<>", "=>", "=<"];

/** Cuts the text of a filter into tokens; the last one is its end. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const [token, next] = readToken(text, at, tokens.at(-1));
    if (token !== undefined) tokens.push(token);
    at = next;
  }
  return [...tokens, { kind: "end", at: text.length }];
}

/** Returns the operator of another language at this place, if there is one. */
export const foreignOperatorAt = (text: string, at: number): string | undefined =>
  FOREIGN.find((each) => text.startsWith(each, at));

function readToken(
  text: string,
  at: number,
  before: Token | undefined,
): [token: Token | undefined, next: number] {
  const character = text[at] ?? "";
  if (/\s/.test(character)) return [undefined, at + 1];
  if (character === "(" || character === ")") return [{ kind: character, at }, at + 1];
  // After an operator comes a value, which may begin with anything but a quote.
  const isValue = before?.kind === "operator";
  const [prefix] = /^!?has:/i.exec(text.slice(at, at + 5)) ?? [];
  if (!isValue && prefix !== undefined)
    return [{ kind: "has", isNot: prefix.startsWith("!"), at }, at + prefix.length];
  const operator = isValue ? undefined : OPERATORS.find((each) => text.startsWith(each, at));
  if (operator !== undefined) return [{ kind: "operator", operator, at }, at + operator.length];
  return character === '"' ? readQuoted(text, at) : readWord(text, at, isValue);
}

function readQuoted(text: string, at: number): [Token, number] {
  const [quoted] = /^"(?:\\[^]|[^"\\])*"/.exec(text.slice(at)) ?? [];
  if (quoted === undefined) return [{ kind: "open quote", at }, text.length];
  const parts = [quoted.slice(1, -1).replaceAll(/\\(["\\])/g, "$1")];
  return [{ kind: "word", parts, isQuoted: true, at }, at + quoted.length];
}

/** A key ends before an operator; a value may contain them. `\` takes a character literally that would mean something. */
function readWord(text: string, at: number, isValue: boolean): [Token, number] {
  const pattern = isValue ? /^(?:\\[^]|[^\s()\\])+/ : /^(?:\\[^]|[^\s()=!<>~"\\])+/;
  // A `\` at the end, or a lone `!`, is taken as it is.
  const [word = text[at] ?? ""] = pattern.exec(text.slice(at)) ?? [];
  return [{ kind: "word", parts: readParts(word), isQuoted: false, at }, at + word.length];
}

/** Cuts a word at its wildcards, and removes the `\` before characters that are meant literally. */
function readParts(word: string): string[] {
  const parts = [""];
  for (const [piece] of word.matchAll(/\\[\s()=!<>~"\\*@]|[^]/g)) {
    if (piece === "*") parts.push("");
    else parts.push(`${parts.pop() ?? ""}${piece.length > 1 ? piece.slice(1) : piece}`);
  }
  return parts;
}
