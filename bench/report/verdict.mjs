// Compares the numbers of a row with its targets.

function atMostOf(share, of) {
  if (share > 1) return `at most ${share} times ${of}`;
  return `at most ${share === 1 ? "as much as" : `1/${Math.round(1 / share)} of`} ${of}`;
}

/** Returns the text of each target of a row and whether it was met. Targets on missing peers are left out. */
export function verdicts(row, values) {
  const [own] = row.peers;
  return row.targets.flatMap(({ atMost, share, of, below }) => {
    if (atMost !== undefined)
      return [{ words: `at most ${atMost} ${row.unit}`, met: values[own] <= atMost }];
    if (share !== undefined)
      return of in values
        ? [{ words: atMostOf(share, of), met: values[own] <= share * values[of] }]
        : [];
    return below in values ? [{ words: `below ${below}`, met: values[own] < values[below] }] : [];
  });
}

/** Returns a peer's value as a multiple of Spanmeter's, such as "12.3 times". */
export function ratio(own, value) {
  if (!(own > 0)) return "";
  const times = value / own;
  return `${times >= 100 ? Math.round(times) : Number(times.toPrecision(times < 1 ? 2 : 3))} times`;
}

/** Formats a number with three significant digits. */
export function figure(value) {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en").replaceAll(",", " ");
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
