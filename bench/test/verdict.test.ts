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
    { words: "at most 1.5 times peer", met: true, label: "met", isMissed: false },
  ]);
  expect(verdicts(multiple, { spanmeter: 15.1, peer: 10 })[0]?.met).toBe(false);
});

test("an aim is no missed target", () => {
  const aiming = { ...row, targets: [{ atMost: 10, isAim: true }] };
  expect(verdicts(aiming, { spanmeter: 10 })[0]).toMatchObject({ label: "aim reached" });
  expect(verdicts(aiming, { spanmeter: 11 })[0]).toMatchObject({ label: "aim", isMissed: false });
});

test("a target on growth is missed when the cost grows faster than linearly", () => {
  const points = [
    [0, "none"],
    [10, "ten"],
    [30, "thirty"],
  ];
  const growing = {
    peers: ["thirty"],
    unit: "ns",
    targets: [{ growth: { step: "attribute", points, factor: 1.5 } }],
  };
  const valuesOf = (cost: (attributes: number) => number) => ({
    none: cost(0),
    ten: cost(10),
    thirty: cost(30),
  });
  const verdictOf = (cost: (attributes: number) => number) => verdicts(growing, valuesOf(cost))[0];
  expect(verdictOf((attributes) => 100 + 20 * attributes)).toMatchObject({
    words: "each attribute from 10 to 30 costs at most 1.5 times one of the first 10",
    met: true,
  });
  expect(verdictOf((attributes) => 100 + attributes ** 2)?.met).toBe(false);
  expect(verdicts(growing, { thirty: 1, ten: 1 })).toEqual([]);
});

test("targets on missing peers have no verdict", () => {
  expect(verdicts(row, { spanmeter: 1 })).toHaveLength(1);
});

test("numbers have three significant digits", () => {
  expect([0.651, 13.24, 1234.5].map(figure)).toEqual(["0.65", "13.2", "1 235"]);
  expect([ratio(10, 123), ratio(10, 1), ratio(0, 1)]).toEqual(["12.3 times", "0.1 times", ""]);
});
