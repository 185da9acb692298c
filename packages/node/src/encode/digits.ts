const ZERO = 48;
const DOT = 46;

/** Writes the digits of a whole number from 0 up to 2^53. Returns the position after them. */
export function writeDigits(buffer: Uint8Array, at: number, whole: number): number {
  if (whole < 1000) return writeUpToThree(buffer, at, whole | 0);
  let end = at + 4;
  for (let limit = 1e4; whole >= limit; limit *= 10) end++;
  let to = end;
  let rest = whole;
  // Dividing small integers takes a fraction of the time, so the upper digits are written first.
  while (rest > 0x7fffffff) {
    const next = Math.floor(rest / 10);
    buffer[--to] = ZERO + (rest - next * 10);
    rest = next;
  }
  let small = rest | 0;
  do {
    const next = (small / 10) | 0;
    buffer[--to] = ZERO + (small - next * 10);
    small = next;
  } while (small > 0);
  return end;
}

/** Most numbers are small, and a loop would cost more than their digits. */
function writeUpToThree(buffer: Uint8Array, at: number, whole: number): number {
  const tens = (whole / 10) | 0;
  if (tens === 0) {
    buffer[at] = ZERO + whole;
    return at + 1;
  }
  const hundreds = (tens / 10) | 0;
  let to = at;
  if (hundreds !== 0) buffer[to++] = ZERO + hundreds;
  buffer[to] = ZERO + (tens - hundreds * 10);
  buffer[to + 1] = ZERO + (whole - tens * 10);
  return to + 2;
}

/** Writes 0 to 999 thousandths as `.125`, without trailing zeros. Returns the position after them. */
export function writeDecimals(buffer: Uint8Array, at: number, thousandths: number): number {
  if (thousandths === 0) return at;
  let to = at;
  const tenths = (thousandths / 100) | 0;
  const rest = thousandths - tenths * 100;
  const hundredths = (rest / 10) | 0;
  buffer[to++] = DOT;
  buffer[to++] = ZERO + tenths;
  if (rest) buffer[to++] = ZERO + hundredths;
  if (rest - hundredths * 10) buffer[to++] = ZERO + (rest - hundredths * 10);
  return to;
}
