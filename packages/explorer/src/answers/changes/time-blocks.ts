/** Blocks of the shorter side of a comparison. */
const FEW_BLOCKS = 15;
/** Blocks of the longer side, at most. */
const MANY_BLOCKS = 105;

/** A comparison of a strip of time with the time before it, in seconds since the start of that time. */
export interface Strip {
  /** Start of the strip. */
  readonly from: number;
  /** End of the strip. */
  readonly to: number;
}

/** Equal parts of time. */
export interface TimeBlocks {
  readonly count: number;
  /** The block of each time. */
  blockOf(seconds: number): number;
  /** 1 for each block of the strip. */
  readonly isInside: Uint8Array;
}

/** Divides the time of a comparison into blocks: the items of one are alike, so that blocks are exchanged as a whole. */
export function createTimeBlocks({ from, to }: Strip): TimeBlocks {
  const [shorter, longer] = [Math.min(from, to - from), Math.max(from, to - from)];
  const length = Math.max(shorter / FEW_BLOCKS, longer / MANY_BLOCKS);
  const before = Math.max(1, Math.round(from / length));
  const inside = Math.max(1, Math.round((to - from) / length));
  const count = before + inside;
  const place = (share: number, blocks: number): number =>
    Math.max(0, Math.min(blocks - 1, Math.floor(share * blocks)));
  return {
    count,
    blockOf: (seconds) =>
      seconds < from
        ? place(seconds / from, before)
        : before + place((seconds - from) / (to - from), inside),
    isInside: Uint8Array.from({ length: count }, (_, block) => (block < before ? 0 : 1)),
  };
}
