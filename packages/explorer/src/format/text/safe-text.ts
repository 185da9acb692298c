const UNSAFE = /[\p{Cc}\p{Bidi_Control}]/gu;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Text from outside, fit for a terminal: control characters (escape sequences move the cursor, set titles, rewrite
 * lines) and those that turn the direction of reading become visible escapes.
 */
export const safeText = (text: string): string =>
  text.replaceAll(UNSAFE, (character) => NAMED[character] ?? escapeOf(character));

/** A name, which may be blank when Sentry would drop what has it. */
export const nameText = (name: string): string => safeText(name).trim() || "(no name)";

/** The same for text that has lines of its own: messages, and JSON, in which such escapes mean the same as before. */
export const safeLines = (text: string): string => text.split("\n").map(safeText).join("\n");

const escapeOf = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
