/** Fewest digits of a shortened id. `spanmeter trace` accepts them. */
export const SHORT_ID = 8;

/** Creates a function that shortens ids to the fewest digits, at least eight, with which all of them are different. */
export function shortenIds(ids: readonly (string | undefined)[]): (id: string) => string {
  const different = [...new Set(ids)].filter((id) => id !== undefined);
  let length = SHORT_ID;
  while (new Set(different.map((id) => id.slice(0, length))).size < different.length) length++;
  return (id) => id.slice(0, length);
}
