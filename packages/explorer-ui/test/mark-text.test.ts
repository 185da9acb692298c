import type { TraceMark } from "@spanmeter/explorer/model/trace-page";
import { expect, test } from "vitest";
import { callsOfMark, titleOfMark } from "../src/trace/mark-text.js";

const mark = (over: Partial<TraceMark>): TraceMark => ({
  id: "1",
  kind: "metric",
  verdict: "accepted",
  name: "mail.sent",
  offsetMs: 0,
  type: "counter",
  value: 30,
  ...over,
});

test.for([
  ["one call", mark({}), "", "mail.sent +30"],
  ["many calls", mark({ calls: 30 }), "(30 calls)", "mail.sent +30 (30 calls)"],
  [
    "a broken number of calls",
    mark({ calls: 10 / 3 }),
    "(3.33 calls)",
    "mail.sent +30 (3.33 calls)",
  ],
  ["no metric", mark({ kind: "log", level: "warn", name: "slow" }), "", "slow warn"],
] as const)("a mark that stands for %s", ([, each, calls, title]) => {
  expect([callsOfMark(each), titleOfMark(each)]).toEqual([calls, title]);
});
