import type { Sample } from "@spanmeter/explorer/model/sample-page";

const MOST = 3;

/** Chooses the attributes that tell samples from each other: those that one groups by, then those with several values. */
export function tellingKeys(samples: readonly Sample[], by: readonly string[]): readonly string[] {
  const values = new Map<string, Set<string>>();
  for (const { attributes } of samples.slice(0, 200))
    for (const [key, value] of Object.entries(attributes))
      values.set(key, (values.get(key) ?? new Set()).add(String(value)));
  const telling = [...values]
    .filter(([key, { size }]) => size > 1 && !by.includes(key))
    .toSorted(([a, one], [b, other]) => one.size - other.size || (a < b ? -1 : 1))
    .map(([key]) => key);
  return [...by, ...telling].slice(0, Math.max(MOST, by.length));
}
