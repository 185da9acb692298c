import { describe, expect, test } from "vitest";
import { brokenPromises, unannounced, type SentryEnd } from "../../src/trials/sentry-end.js";

const KEPT = { recorded: 10, arrived: 10, doubled: 0, ambiguous: 0, reported: 0, dropped: 0 };
const broken = (end: Partial<SentryEnd>): string[] => brokenPromises({ ...KEPT, ...end });

describe("an end keeps all promises", () => {
  test.each([
    ["when everything arrived once", {}],
    ["when losses were reported", { arrived: 7, reported: 3 }],
    ["when losses were passed to onDrop", { arrived: 7, dropped: 3 }],
    ["when a loss was both reported and passed to onDrop", { arrived: 7, reported: 3, dropped: 3 }],
    ["when only ambiguous metrics arrived twice", { doubled: 4, ambiguous: 4 }],
    ["when ambiguous metrics arrived and were reported", { reported: 2, ambiguous: 2 }],
  ])("%s", (_, end) => {
    expect(broken(end)).toEqual([]);
  });
});

describe("an end breaks a promise", () => {
  test.each([
    ["when a metric is lost silently", { arrived: 7, reported: 2 }, "1 lost unannounced"],
    [
      "when too many arrived twice",
      { doubled: 4, ambiguous: 3 },
      "4 twice, of which 3 may be ambiguous",
    ],
    [
      "when a report counts what arrived",
      { arrived: 9, reported: 2 },
      "1 announced as lost that arrived",
    ],
  ])("%s", (_, end, sentence) => {
    expect(broken(end)).toEqual([sentence]);
  });
});

test("metrics that arrived are not lost, whatever was reported", () => {
  expect(unannounced({ ...KEPT, reported: 5 })).toBe(0);
});
