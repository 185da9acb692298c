/** Writes a text so that the grammar of filters takes it literally. */
export function quote(text: string): string {
  if (/^[\w./:-]+$/.test(text) && !/^(and|or|not|has:.*)$/i.test(text)) return text;
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** The condition that an attribute has this value; `null` stands for no value. */
export const hasValue = (key: string, value: string | null): string =>
  value === null ? `!has:${quote(key)}` : `${quote(key)}=${quote(value)}`;

/** The condition of a group, or that an item is not in it. */
export function ofGroup(
  group: Readonly<Record<string, string | null>>,
  isExcluded: boolean,
): readonly string[] {
  const conditions = Object.entries(group).map(([key, value]) => hasValue(key, value));
  return isExcluded ? [`not (${conditions.join(" and ")})`] : conditions;
}
