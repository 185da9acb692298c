import { expect, test } from "vitest";
import { figure, ratio, verdicts } from "../report/verdict.mjs";

const row = {
  peers: ["spanmeter", "peer", "other"],
  unit: "ns",
  targets: [{ atMost: 10 }, { share: 1 / 25, of: "peer" }, { below: "other" }],
};

test("a target is met at its limit and missed beyond it", () => {
  const met = (values: object) => verdicts(row, values).map((each) => each.met);
  expect(met({ spanmeter: 10, peer: 250, other: 11 })).toEqual([true, true, true]);
  expect(met({ spanmeter: 10.1, peer: 252, other: 10.1 })).toEqual([false, false, false]);
});

test("a verdict has the text of its target", () => {
  const words = verdicts(row, { spanmeter: 1, peer: 1, other: 1 }).map((each) => each.words);
  expect(words).toEqual(["at most 10 ns", "at most 1/25 of peer", "below other"]);
});

test("a target may be a multiple of a peer", () => {
  const multiple = { ...row, targets: [{ share: 1.5, of: "peer" }] };
  expect(verdicts(multiple, { spanmeter: 15, peer: 10 })).toEqual([
    { words: "at most 1.5 times peer", met: true },
  ]);
  expect(verdicts(multiple, { spanmeter: 15.1, peer: 10 })[0]?.met).toBe(false);
});

test("targets on missing peers have no verdict", () => {
  expect(verdicts(row, { spanmeter: 1 })).toHaveLength(1);
});

test("numbers have three significant digits", () => {
  expect([0.651, 13.24, 1234.5].map(figure)).toEqual(["0.65", "13.2", "1 235"]);
  expect([ratio(10, 123), ratio(10, 1), ratio(0, 1)]).toEqual(["12.3 times", "0.1 times", ""]);
});
