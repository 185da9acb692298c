import type { Codec } from "./codec.js";

/** A selection on a chart: a strip of time, or with value bounds a box. */
export interface Box {
  /** Start, RFC 3339. */
  readonly since: string;
  /** End, RFC 3339. */
  readonly until: string;
  /** Smallest value; absent in a strip. */
  readonly min?: number;
  /** Greatest value; absent in a strip. */
  readonly max?: number;
}

/** `<since>..<until>`, and for a box also `,<min>..<max>`. */
export const boxCodec: Codec<Box | undefined> = {
  absent: undefined,
  read: (texts) => {
    const [, since, until, , min, max] =
      /^([^,]+?)\.\.([^,]+?)(,(.+?)\.\.(.+))?$/.exec(texts.at(-1) ?? "") ?? [];
    if (!since || !until || !(Date.parse(since) < Date.parse(until))) return undefined;
    if (min === undefined || max === undefined) return { since, until };
    const bounds = { min: Number(min), max: Number(max) };
    return bounds.min <= bounds.max ? { since, until, ...bounds } : undefined;
  },
  write: (box) => {
    if (!box) return [];
    const values = box.min === undefined ? "" : `,${box.min}..${box.max}`;
    return [`${box.since}..${box.until}${values}`];
  },
};
