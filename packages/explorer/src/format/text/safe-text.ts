const UNSAFE = /[\p{Cc}\p{Bidi_Control}]/gu;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Makes received text safe for a terminal: control characters (escape sequences move the cursor, set titles and rewrite
 * lines) and characters that change the direction of text become visible escapes.
 */
export const safeText = (text: string): string =>
  text.replaceAll(UNSAFE, (character) => NAMED[character] ?? escapeOf(character));

/** Makes a name safe for a terminal; a blank name, which Sentry would drop, becomes `(no name)`. */
export const nameText = (name: string): string => safeText(name).trim() || "(no name)";

/** Makes text of several lines safe for a terminal. In JSON the escapes have the meaning of the characters. */
export const safeLines = (text: string): string => text.split("\n").map(safeText).join("\n");

const escapeOf = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
