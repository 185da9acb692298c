import type { Piece } from "./pieces.js";
import type { Recurring } from "./recurring.js";
import type { Writer } from "./writer.js";

/** A block is stored in the slot of the upper bits of its hash, or in the one beside it. */
const SLOT_BITS = 11;
/** For a larger block, a few more copies make no difference. */
const MAX_BLOCK_BYTES = 2048;
/** The most bytes of all blocks together; beyond it the cache is cleared. */
const MAX_BYTES = 2 * 1024 * 1024;
/** 2^32 divided by the golden ratio spreads numbers that follow each other. */
const SPREAD = 0x9e3779b1;

/** A run that recurs. */
export interface Block extends Recurring {
  readonly parts: readonly Piece[];
}

/**
 * Writes pieces that follow each other. A run that recurs is cached as one block, which is a single copy:
 * the cost of a copy hardly depends on its length.
 */
export interface Runs {
  add(piece: Piece): void;
  /** Writes the pieces that were added. Returns their block if they recur. */
  end(): Block | undefined;
  /** Removes the pieces that were added. */
  reset(): void;
}

/** Makes a cache of runs that writes with `writer`. */
export function createRuns(writer: Writer): Runs {
  const run: Piece[] = [];
  let length = 0;
  let hash = 0;
  const blocks = Array.from<Block | undefined>({ length: 1 << SLOT_BITS }).fill(undefined);
  /** By slot, the hash of the last run without a block: only a run that recurs gets one. */
  const lastHashes = new Int32Array(1 << SLOT_BITS);
  let cachedBytes = 0;

  function find(slot: number): Block | undefined {
    const block = blocks[slot];
    if (block?.parts.length !== length) return undefined;
    for (let i = 0; i < length; i++) if (block.parts[i] !== run[i]) return undefined;
    return block;
  }

  function writeEach(slot: number): void {
    const start = writer.at();
    for (let i = 0; i < length; i++) writer.recurring(run[i] as Piece);
    if (lastHashes[slot] === hash && length > 1) cache(slot, start);
    lastHashes[slot] = hash;
  }

  function cache(slot: number, start: number): void {
    const size = writer.at() - start;
    if (size > MAX_BLOCK_BYTES) return;
    const to = blocks[slot] && !blocks[slot ^ 1] ? slot ^ 1 : slot;
    cachedBytes += size - (blocks[to]?.bytes.length ?? 0);
    if (cachedBytes > MAX_BYTES) {
      blocks.fill(undefined);
      cachedBytes = size;
    }
    blocks[to] = {
      parts: run.slice(0, length),
      bytes: writer.copyFrom(start),
      payload: 0,
      at: 0,
    };
  }

  function reset(): void {
    length = 0;
    hash = 0;
  }

  return {
    add(piece) {
      run[length++] = piece;
      hash = Math.imul(hash ^ piece.id, SPREAD);
    },
    end() {
      const slot = hash >>> (32 - SLOT_BITS);
      const block = find(slot) ?? find(slot ^ 1);
      if (block) writer.recurring(block);
      else writeEach(slot);
      reset();
      return block;
    },
    reset,
  };
}
