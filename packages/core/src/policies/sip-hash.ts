/**
 * SipHash-2-4: a hash of short messages that nobody can compute or reverse without the key
 * (https://www.aumasson.jp/siphash/siphash.pdf). Key and result are words of 32 bits, the low ones first: four and two.
 */
export function sipHash(key: readonly number[], message: Uint8Array): [low: number, high: number] {
  // Four words of 64 bits, each as a low and a high half.
  const v = new Uint32Array([
    0x70736575, 0x736f6d65, 0x6e646f6d, 0x646f7261, 0x6e657261, 0x6c796765, 0x79746573, 0x74656462,
  ]).map((word, i) => word ^ (key[i % 4] as number));

  const wordAt = (at: number): number =>
    ((message[at] ?? 0) |
      ((message[at + 1] ?? 0) << 8) |
      ((message[at + 2] ?? 0) << 16) |
      ((message[at + 3] ?? 0) << 24)) >>>
    0;

  function compress(low: number, high: number): void {
    v[6]! ^= low;
    v[7]! ^= high;
    round(v);
    round(v);
    v[0]! ^= low;
    v[1]! ^= high;
  }

  const end = message.length - (message.length % 8);
  for (let at = 0; at < end; at += 8) compress(wordAt(at), wordAt(at + 4));
  // The last bytes, and the length in the highest one.
  compress(wordAt(end), (wordAt(end + 4) & 0xffffff) | (message.length << 24));
  v[4]! ^= 0xff;
  for (let i = 0; i < 4; i++) round(v);
  return [(v[0]! ^ v[2]! ^ v[4]! ^ v[6]!) >>> 0, (v[1]! ^ v[3]! ^ v[5]! ^ v[7]!) >>> 0];
}

function round(v: Uint32Array): void {
  mix(v, 0, 2, 13);
  swap(v, 0);
  mix(v, 4, 6, 16);
  mix(v, 0, 6, 21);
  mix(v, 4, 2, 17);
  swap(v, 4);
}

/** `a += b; b = (b <<< bits) ^ a` on words of 64 bits, which begin at these places. */
function mix(v: Uint32Array, a: number, b: number, bits: number): void {
  const low = v[a]! + v[b]!;
  v[a + 1] = v[a + 1]! + v[b + 1]! + (low > 0xffffffff ? 1 : 0);
  v[a] = low;
  const [bLow, bHigh] = [v[b]!, v[b + 1]!];
  v[b] = ((bLow << bits) | (bHigh >>> (32 - bits))) ^ v[a]!;
  v[b + 1] = ((bHigh << bits) | (bLow >>> (32 - bits))) ^ v[a + 1]!;
}

/** Rotates a word of 64 bits by 32. */
function swap(v: Uint32Array, at: number): void {
  [v[at], v[at + 1]] = [v[at + 1]!, v[at]!];
}
