import fc from "fast-check";
import { expect, test } from "vitest";
import { rangeSince } from "../src/url/ranges.js";
import { PARAMETERS, readParameters, writeParameters } from "../src/url/parameters.js";

const read = (search: string) => readParameters(new URLSearchParams(search));

test("an address without parameters has what every screen begins with", () => {
  const { parameters, problems } = read("");
  expect(problems).toEqual([]);
  expect(parameters).toMatchObject({
    since: "1h",
    until: "now",
    where: [],
    top: 8,
    tab: "aggregates",
  });
});

test("what every screen begins with is not written", () => {
  expect(writeParameters(read("").parameters)).toBe("");
  expect(writeParameters(read("since=1h&until=now&top=8&tab=aggregates&y=linear").parameters)).toBe(
    "",
  );
});

test("parts that are not understood are left out and named", () => {
  const { parameters, problems } = read(
    "since=15m&top=999&view=pie&tab=x&box=y&nonsense=1&type=histogram",
  );
  expect(parameters).toMatchObject({ since: "15m", top: 8, tab: "aggregates" });
  expect(parameters.view).toBeUndefined();
  expect(problems).toEqual([
    "type=histogram",
    "top=999",
    "view=pie",
    "tab=x",
    "box=y",
    "nonsense=1",
  ]);
});

test("an empty parameter is as good as none", () => {
  expect(read("since=&where=&by=&trace=&q=")).toEqual({
    parameters: read("").parameters,
    problems: [],
  });
});

test("a selection is a strip of time, or with values a box", () => {
  const [since, until] = ["2026-11-27T12:00:00Z", "2026-11-27T12:05:00Z"];
  expect(read(`box=${since}..${until}`).parameters.box).toEqual({ since, until });
  expect(read(`box=${since}..${until},-1.5..2e3`).parameters.box).toEqual({
    since,
    until,
    min: -1.5,
    max: 2000,
  });
  for (const broken of [`${until}..${since}`, `${since}..`, `${since}..${until},2..1`, "a..b"])
    expect(read(`box=${broken}`).problems).toEqual([`box=${broken}`]);
});

const text = fc.string({ minLength: 1, unit: "grapheme" });
const key = text.filter((each) => !each.includes(","));
const parameters = fc.record(
  {
    since: text,
    until: text,
    where: fc.array(text),
    by: fc.array(key, { maxLength: 3 }),
    m: fc.array(text),
    eq: fc.array(text),
    compare: text,
    view: fc.constantFrom("line", "area", "bar", "heat"),
    top: fc.integer({ min: 1, max: 50 }),
    trace: text,
    q: text,
    paused: fc.boolean(),
  },
  { requiredKeys: [] },
);

test("what is written is read again, whatever it is", () => {
  fc.assert(
    fc.property(parameters, (given) => {
      const written = writeParameters(given as never);
      const { parameters: again, problems } = read(written);
      expect(problems).toEqual([]);
      const absent = Object.fromEntries(
        Object.entries(PARAMETERS).map(([name, { absent: value }]) => [name, value]),
      );
      expect(again).toEqual({ ...absent, ...given });
    }),
  );
});

test("what has just begun is opened in a range in which it can be seen", () => {
  const now = Date.parse("2026-11-27T12:00:00Z");
  const since = (began: string) => rangeSince(began, now);
  expect(since("2026-11-27T11:59:58Z")).toBe("5m");
  expect(since("2026-11-27T11:54:00Z")).toBe("15m");
  expect(since("2026-11-27T11:30:00Z")).toBeUndefined();
  expect(since("2026-11-20T11:30:00Z")).toBeUndefined();
});
