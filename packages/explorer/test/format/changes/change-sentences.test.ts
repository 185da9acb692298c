import { describe, expect, it } from "vitest";
import {
  checkedText,
  comparedText,
  restText,
  resultText,
} from "../../../src/format/changes/change-sentences.js";
import type { Change, Changes } from "../../../src/model/changes.js";

const range = { since: "", until: "", seconds: 600 };

const change = (more: Partial<Change> = {}): Change => ({
  key: "provider",
  value: "acme",
  kind: "value",
  inside: 0.74,
  outside: 0.06,
  difference: 0.68,
  p: 0.0005,
  items: { inside: 158, outside: 90 },
  sampleIds: [],
  traceIds: [],
  ...more,
});

const answer = (more: Partial<Changes> = {}): Changes => ({
  metric: { name: "pay", type: "distribution", unit: "millisecond" },
  compared: "same-time",
  selection: { range, items: 214, traces: 60 },
  baseline: { range, items: 1_502, traces: 400 },
  outcome: "nothing",
  changes: [],
  events: [],
  checked: { keys: 8, values: 61 },
  skipped: [],
  permutations: 199,
  seed: 1,
  ...more,
});

const resultOf = (...changes: Change[]): string =>
  resultText(answer({ outcome: "changed", changes }));

describe("the result in a sentence", () => {
  it("names the first value with both shares", () => {
    expect(resultOf(change())).toBe(
      "provider=acme makes up 74.0 % of the selection and 6.0 % of the items beside it (p < 0.001).",
    );
    expect(resultOf(change({ kind: "range", value: "10 to 99", p: 0.04 }))).toMatch(
      /^provider from 10 to 99 makes up .* \(p 0\.040\)\.$/,
    );
    expect(resultOf(change({ kind: "absent", value: null }))).toMatch(/^no provider makes up 74/);
  });

  it("makes received text safe", () => {
    expect(resultOf(change({ key: "a\u001b[2J", value: "b\nc" }))).toMatch(
      /^a\\u001b\[2J=b\\nc makes/,
    );
  });

  it("says that nothing or too little was found", () => {
    expect(resultText(answer())).toBe(
      "Nothing separates these 214 items from the 1,502 beside them.",
    );
    expect(resultText(answer({ outcome: "too-little" }))).toMatch(/^Too little to compare/);
  });

  it("says how a strip changed, and by which value", () => {
    const measure = { kind: "rate", inside: 1, outside: 12.34567, p: 0.02 } as const;
    const metric = { name: "failed", type: "counter", unit: "none" } as const;
    const strip = (more: Partial<Changes>): string =>
      resultText(answer({ compared: "before", metric, ...more }));
    expect(strip({ measure })).toBe(
      "The sum of failed fell from 12.35 a minute to 1 a minute (p 0.020), but no attribute value explains it.",
    );
    expect(strip({ measure: { ...measure, p: 0.5 } })).toBe(
      "Nothing changed: the sum of failed went from 12.35 a minute to 1 a minute (p 0.500).",
    );
    const effect = { inside: 0, outside: 8, contribution: 0.714 };
    expect(strip({ measure, outcome: "changed", changes: [change({ effect })] })).toBe(
      "The sum of failed fell from 12.35 a minute to 1 a minute (p 0.020): provider=acme makes up 71 % of that, from 8 a minute to 0 a minute.",
    );
  });
});

describe("the other sentences", () => {
  it("say what was compared with what", () => {
    expect(comparedText(answer())).toBe(
      "pay, distribution in millisecond: 214 items in 60 traces against 1,502 in 400 of the same time",
    );
    expect(comparedText(answer({ compared: "before" }))).toMatch(/in 400 of the 10 min before$/);
  });

  it("say what remains without the first value", () => {
    const items = { inside: 56, outside: 1_412 };
    const rest = (outcome: Changes["outcome"]): string | undefined =>
      restText(answer({ changes: [change()], restAfterFirst: { outcome, items, p: 0.4 } }));
    expect(rest("nothing")).toBe(
      "Without provider=acme nothing more stands out: 56 items against 1,412 (p 0.400).",
    );
    expect(rest("changed")).toMatch(/^Without provider=acme more stands out/);
    expect(rest("too-little")).toMatch(/^Without provider=acme too little remains/);
    expect(restText(answer())).toBeUndefined();
  });

  it("say what was compared, skipped and read", () => {
    expect(checkedText(answer())).toBe(
      "8 attributes with 61 values were compared. Occurring together is no proof of a cause.",
    );
    const skipped = [
      { key: "user.id", reason: "rare", values: 1_930 },
      { key: "copy", reason: "defines-selection", values: 9 },
    ] as const;
    const read = { inside: 20_000, outside: 30_000 };
    const stored = { inside: 40_000, outside: 60_000 };
    expect(checkedText(answer({ skipped: [...skipped], sampled: { read, stored } }))).toBe(
      "8 attributes with 61 values were compared. Left out: user.id (1,930 values, all rare), copy (follows the value, the time or the trace). 50,000 of 100,000 items were read. Occurring together is no proof of a cause.",
    );
  });
});
