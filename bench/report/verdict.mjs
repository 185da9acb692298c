// Compares the numbers of a row with its targets.

function atMostOf(share, of) {
  if (share > 1) return `at most ${share} times ${of}`;
  return `at most ${share === 1 ? "as much as" : `1/${Math.round(1 / share)} of`} ${of}`;
}

/**
 * Compares the cost of a step, such as one more attribute, at the end with its cost at the start. `points` are three
 * pairs of a number of steps and the peer that was measured with it.
 */
function verdictOfGrowth({ step, points, factor }, values) {
  const [start, middle, end] = points;
  if (points.some(([, peer]) => !(peer in values))) return [];
  const costPerStep = ([from, fromPeer], [to, toPeer]) =>
    (values[toPeer] - values[fromPeer]) / (to - from);
  return [
    {
      words: `each ${step} from ${middle[0]} to ${end[0]} costs at most ${factor} times one of the first ${middle[0]}`,
      met: costPerStep(middle, end) <= factor * costPerStep(start, middle),
    },
  ];
}

function verdictsOf({ atMost, share, of, below, growth }, { peers: [own], unit }, values) {
  if (growth !== undefined) return verdictOfGrowth(growth, values);
  if (atMost !== undefined)
    return [{ words: `at most ${atMost} ${unit}`, met: values[own] <= atMost }];
  if (share !== undefined)
    return of in values
      ? [{ words: atMostOf(share, of), met: values[own] <= share * values[of] }]
      : [];
  return below in values ? [{ words: `below ${below}`, met: values[own] < values[below] }] : [];
}

/**
 * Returns the text of each target of a row and whether it was met. Targets on missing peers are left out. An aim is a
 * direction: it is shown, and counts as no target while it is not reached.
 */
export function verdicts(row, values) {
  return row.targets.flatMap((target) =>
    verdictsOf(target, row, values).map((verdict) => ({
      ...verdict,
      label: labelOf(verdict.met, target.isAim),
      isMissed: !verdict.met && !target.isAim,
    })),
  );
}

function labelOf(met, isAim) {
  if (isAim) return met ? "aim reached" : "aim";
  return met ? "met" : "missed";
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
