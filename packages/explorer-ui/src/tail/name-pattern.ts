/** Returns the pattern of a text: one without `*` is looked for anywhere in a name. */
export const patternOf = (text: string): string | undefined => {
  if (text === "") return undefined;
  return text.includes("*") ? text : `*${text}*`;
};

/**
 * Creates a function that returns whether a name matches a pattern, in which `*` stands for any text. It takes no longer
 * for hostile names than for others, which a regular expression does.
 */
export function matchPattern(pattern: string): (name: string) => boolean {
  const [start = "", ...parts] = pattern.split("*");
  const end = parts.pop();
  return function matches(name) {
    if (end === undefined) return name === start;
    if (name.length < start.length + end.length) return false;
    if (!name.startsWith(start) || !name.endsWith(end)) return false;
    let at = start.length;
    for (const part of parts) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= name.length - end.length;
  };
}
