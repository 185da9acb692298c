/** As many digits of an id as nobody mistakes for another in a day's work; `spanmeter trace` takes them. */
export const SHORT_ID = 8;

/** Shortens ids to the fewest digits, at least eight, by which each can be told from all the others. */
export function shortenIds(ids: readonly (string | undefined)[]): (id: string) => string {
  const different = [...new Set(ids)].filter((id) => id !== undefined);
  let length = SHORT_ID;
  while (new Set(different.map((id) => id.slice(0, length))).size < different.length) length++;
  return (id) => id.slice(0, length);
}
