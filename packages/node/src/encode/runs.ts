import type { Piece } from "./pieces.js";
import type { Writer } from "./writer.js";

/** A block stands in the slot of the upper bits of its hash, or in the one beside it. */
const SLOT_BITS = 11;
/** Above this a few copies more make no difference. */
const MAX_BLOCK_BYTES = 2048;
/** All blocks together; beyond it all begin anew. */
const MAX_BYTES = 2 * 1024 * 1024;
/** 2^32 divided by the golden ratio spreads numbers that follow each other. */
const SPREAD = 0x9e3779b1;

interface Block {
  readonly pieces: readonly Piece[];
  readonly bytes: Uint8Array;
}

/**
 * Writes pieces that follow each other. A run that comes again is kept as one block and copied at once:
 * a copy costs about the same whatever its length.
 */
export interface Runs {
  add(piece: Piece): void;
  /** Writes what was added. */
  end(): void;
  /** Forgets what was added. */
  reset(): void;
}

export function createRuns(writer: Writer): Runs {
  const run: Piece[] = [];
  let length = 0;
  let hash = 0;
  const blocks = Array.from<Block | undefined>({ length: 1 << SLOT_BITS }).fill(undefined);
  /** What last had no block, by slot: only a run that comes again is worth one. */
  const seen = new Int32Array(1 << SLOT_BITS);
  let held = 0;

  function find(slot: number): Block | undefined {
    const block = blocks[slot];
    if (block?.pieces.length !== length) return undefined;
    for (let i = 0; i < length; i++) if (block.pieces[i] !== run[i]) return undefined;
    return block;
  }

  function writeEach(slot: number): void {
    const start = writer.at();
    for (let i = 0; i < length; i++) writer.bytes((run[i] as Piece).bytes);
    if (seen[slot] === hash && length > 1) keep(slot, start);
    seen[slot] = hash;
  }

  function keep(slot: number, start: number): void {
    const size = writer.at() - start;
    if (size > MAX_BLOCK_BYTES) return;
    const to = blocks[slot] && !blocks[slot ^ 1] ? slot ^ 1 : slot;
    held += size - (blocks[to]?.bytes.length ?? 0);
    if (held > MAX_BYTES) {
      blocks.fill(undefined);
      held = size;
    }
    blocks[to] = { pieces: run.slice(0, length), bytes: writer.since(start) };
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
      if (block) writer.bytes(block.bytes);
      else writeEach(slot);
      reset();
    },
    reset,
  };
}
