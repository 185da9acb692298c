import { expect, test } from "vitest";
import { sipHash } from "../../src/policies/sip-hash.js";

/** The key of the authors' test vectors: the bytes 00 to 0f. */
const KEY = [0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c];

// From vectors.h of https://github.com/veorq/SipHash (SipHash-2-4, 64 bits), each for the bytes 00, 01, ... of
// so many; the one of 15 bytes is also in appendix A of the paper.
test.each([
  [0, "726fdb47dd0e0e31"],
  [1, "74f839c593dc67fd"],
  [8, "93f5f5799a932462"],
  [15, "a129ca6149be45e5"],
])("the hash of %i bytes is that of its authors", (length, expected) => {
  const message = Uint8Array.from({ length }, (_, i) => i);
  const [low, high] = sipHash(KEY, message);
  const hex = (word: number): string => word.toString(16).padStart(8, "0");
  expect(hex(high) + hex(low)).toBe(expected);
});
