/** An arithmetic expression of panels, which are named `a` to `h`. */
export interface Equation {
  /** The places of its panels, from 0. */
  readonly places: readonly number[];
  /** Whether it ends with `%`: its values are then hundred times as large. */
  readonly isPercent: boolean;
  /** Computes it. `null` where a panel has no value, and where the result is no number, as after a division by zero. */
  compute(valueOf: (place: number) => number | null): number | null;
}

type Value = (valueOf: (place: number) => number | null) => number;

const TOKEN = /\s*(?:([a-h])\b|(\d+(?:\.\d+)?)|([-+*/()]))/y;

/** Reads an equation such as `a / b %` or `(a - b) * 60`. Throws an error that says what is wrong. */
export function readEquation(text: string): Equation {
  const isPercent = /%\s*$/.test(text);
  const tokens = readTokens(text.replace(/%\s*$/, ""));
  const places = new Set<number>();
  let next = 0;

  function readSum(): Value {
    let left = readProduct();
    for (let sign = tokens[next]; sign === "+" || sign === "-"; sign = tokens[next]) {
      next++;
      const [before, right, isPlus] = [left, readProduct(), sign === "+"];
      left = (values) => before(values) + (isPlus ? right(values) : -right(values));
    }
    return left;
  }

  function readProduct(): Value {
    let left = readOne();
    for (let sign = tokens[next]; sign === "*" || sign === "/"; sign = tokens[next]) {
      next++;
      const [before, right, isTimes] = [left, readOne(), sign === "*"];
      left = (values) =>
        isTimes ? before(values) * right(values) : before(values) / right(values);
    }
    return left;
  }

  function readOne(): Value {
    const token = tokens[next++];
    if (token === undefined) throw new Error(`"${text}" ends too early`);
    if (token === "-") {
      const value = readOne();
      return (values) => -value(values);
    }
    if (token === "(") {
      const value = readSum();
      if (tokens[next++] !== ")") throw new Error(`"${text}" lacks a closing bracket`);
      return value;
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (!/^[a-h]$/.test(token))
      throw new Error(`"${text}" has "${token}" where a panel (a to h) or a number belongs`);
    const place = token.charCodeAt(0) - 97;
    places.add(place);
    return (values) => values(place) ?? Number.NaN;
  }

  const value = readSum();
  if (next < tokens.length)
    throw new Error(`"${text}" has "${tokens[next]}" where an operator (+ - * /) belongs`);
  return {
    places: [...places],
    isPercent,
    compute: (valueOf) => {
      const result = value(valueOf) * (isPercent ? 100 : 1);
      return Number.isFinite(result) ? result : null;
    },
  };
}

function readTokens(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found)
      throw new Error(
        `"${text}" is not understood at character ${at + 1}: panels are a to h, operators + - * / and %`,
      );
    tokens.push(found[1] ?? found[2] ?? found[3]!);
  }
  return tokens;
}
