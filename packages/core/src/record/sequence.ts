/**
 * Numbers the metrics of one millisecond, so that their order survives coarse clocks: from 0, plus
 * one each, back to 0 when the millisecond differs from the previous one (wire.md 1.3, "Ordering").
 */
export function createSequence(): (time: number) => number {
  let last = NaN;
  let sequence = 0;
  return (time) => {
    const millisecond = Math.floor(time);
    sequence = millisecond === last ? sequence + 1 : 0;
    last = millisecond;
    return sequence;
  };
}
