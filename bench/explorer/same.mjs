const isSame = (one, other) =>
  typeof one === "number" && typeof other === "number"
    ? Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other))
    : one === other;

/** Rounded numbers put lines into the same order on both sides. */
const textOf = (line) =>
  line.map((cell) => (typeof cell === "number" ? cell.toPrecision(7) : cell)).join(" ");

const sorted = (lines) =>
  lines
    .map((line) => ({ line, text: textOf(line) }))
    .sort((one, other) => (one.text < other.text ? -1 : 1))
    .map(({ line }) => line);

/** Throws unless both sides of a row have the same lines, in any order, and at least one. */
export function checkSame({ title }, answer, reference) {
  const [own, others] = [sorted(answer), sorted(reference)];
  const differs = (line, index) =>
    line.length !== others[index]?.length ||
    !line.every((cell, column) => isSame(cell, others[index][column]));
  const place = own.findIndex(differs);
  if (own.length > 0 && own.length === others.length && place === -1) return;
  throw new Error(
    `"${title}": the explorer has ${own.length} lines, the statement ${others.length}; ` +
      `first difference: ${own[place]} | ${others[place]}`,
  );
}
