/** Words that a reader of plain English stumbles over, with what to write instead. */
export const AVOIDED = [
  { pattern: /\bmend(s|ed|ing)?\b/i, instead: "fix" },
  { pattern: /\bheed(s|ed|ing)?\b/i, instead: "respect, read" },
  { pattern: /\bdear\b/i, instead: "expensive, with the cost" },
  { pattern: /\bamid\b/i, instead: "among, in" },
  { pattern: /\banew\b/i, instead: "again" },
  { pattern: /\bbefall?s?\b/i, instead: "happens to" },
  { pattern: /\bfor ever\b/i, instead: "forever, or the limit" },
  { pattern: /\bwhole road\b/i, instead: "the whole path" },
  { pattern: /\bhad better\b/i, instead: "should" },
  { pattern: /\bmay yet\b/i, instead: "may still" },
  { pattern: /\bha[sd] (its|had its) turn\b/i, instead: "runs, has run" },
  { pattern: /\btold\b/i, instead: "logged, reported, passed to" },
  { pattern: /\b(hears?|heard|unheard)\b/i, instead: "receives, is called, reads" },
  { pattern: /\bstands\b(?! (for|in)\b)/i, instead: "is" },
  { pattern: /\bwhat becomes? of\b/i, instead: "what happens to" },
];

/** Beginnings of docstrings that say nothing alone in an editor's hover. */
const BAD_BEGINNING = /^(What|The same)\b/;

/** Finds the avoided words of a text; `toLine` gives the line of an offset. */
export function findWords(text, toLine) {
  return AVOIDED.flatMap(({ pattern, instead }) =>
    [...text.matchAll(new RegExp(pattern, "gi"))].map(({ 0: word, index }) => ({
      rule: "word",
      line: toLine(index),
      message: `"${word.replace(/\s+/g, " ")}": write ${instead}`,
    })),
  );
}

/** Finds a docstring that begins with a word that cannot stand alone. */
export function findBeginning(docstring, line) {
  const [, begin] = BAD_BEGINNING.exec(docstring) ?? [];
  if (!begin) return [];
  return [{ rule: "docstring", line, message: `a docstring begins with "${begin}"` }];
}
