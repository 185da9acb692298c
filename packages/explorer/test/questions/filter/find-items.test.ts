import { describe, expect, it } from "vitest";
import { metric, metricEnvelope, text } from "../../support/envelopes.js";
import { memoryIngest } from "../../support/memory-ingest.js";

const VALUES = [
  "/cart",
  "/cart/1",
  "a=b",
  "*/*",
  "=x",
  "~/x",
  "a.c",
  "abc",
  "line\nbreak",
  "",
  "(x)",
  "a and b",
];

async function find(...where: string[]): Promise<unknown[]> {
  const { send, queries } = await memoryIngest();
  send(metricEnvelope(...VALUES.map((value) => metric({ attributes: { k: text(value) } }))));
  const { samples } = await queries.samples({ where });
  return samples.map(({ attributes }) => attributes["k"]).reverse();
}

describe("a filter on text", () => {
  it.each([
    ["k=/cart", ["/cart"]],
    ["k=a=b", ["a=b"]],
    ["k=", [""]],
    ['k=""', [""]],
    ["k = /cart", ["/cart"]],
    ["k=/cart*", ["/cart", "/cart/1"]],
    ["k=*cart*", ["/cart", "/cart/1"]],
    ["k=*", VALUES],
    ["k=line*", ["line\nbreak"]],
    ["k=a.c*", ["a.c"]],
    ["k=*/*", ["/cart", "/cart/1", "*/*", "~/x"]],
    [String.raw`k=\*/\*`, ["*/*"]],
    ['k="*/*"', ["*/*"]],
    [String.raw`k=\=x`, ["=x"]],
    ['k="~/x"', ["~/x"]],
    ['k="a and b"', ["a and b"]],
    [String.raw`k=a\ and\ b`, ["a and b"]],
    ['k="(x)"', ["(x)"]],
    ["k!=*c*", ["a=b", "*/*", "=x", "~/x", "line\nbreak", "", "(x)", "a and b"]],
    ["k~^a", ["a=b", "a.c", "abc", "a and b"]],
    ['k~"^(abc|\\(x\\))$"', ["abc", "(x)"]],
    ['k~"(?i)^ABC$"', ["abc"]],
    ["other=*", []],
    ["other!=x", VALUES],
    ["has:k and !has:other and k=abc", ["abc"]],
    ["has:other or k=abc", ["abc"]],
    ["not k=*a* and k=?*", []],
    [
      'not (k=*a* or k=*x*) and k!=""',
      ["*/*", "line\nbreak"].filter((value) => !value.includes("a")),
    ],
    ["k=abc or k=a.c and k=nothing", ["abc"]],
    ["(k=abc or k=a.c) and k!=abc", ["a.c"]],
  ])("%s", async (where, expected) => {
    expect(await find(where)).toEqual(expected);
  });

  it("of several asks for all of them", async () => {
    expect(await find("k=/cart*", "k=*1")).toEqual(["/cart/1"]);
  });

  it("reaches any key", async () => {
    const { send, queries } = await memoryIngest();
    for (const key of ["a=b~c*", "@value", "has:x", "and", 'quo"te', "ä ö"])
      send(metricEnvelope(metric({ attributes: { [key]: text("x") } })));
    for (const where of [
      String.raw`a\=b\~c\*=x`,
      '"@value"=x',
      '"has:x"=x',
      '"and"=x',
      String.raw`"quo\"te"=x`,
      String.raw`ä\ ö=x`,
    ])
      expect((await queries.samples({ where: [where] })).samples).toHaveLength(1);
  });
});

describe("a filter on numbers and fields of items", () => {
  it.each([
    ["n>2", [3, 10]],
    ["n>=2", [2, 3, 10]],
    ["n<2", [1]],
    ["n<=2 or n>5", [1, 2, 10]],
    ["n=10", [10]],
    ["@value>=2 and @value<10", [2, 3]],
    ["@value=2", [2]],
    ["@type=counter and @unit=none and n=1", [1]],
    ["@name=other", []],
    ["has:@trace and n=1", [1]],
    ["has:@level", []],
    ["n>-1e3", [1, 2, 3, 10]],
  ])("%s", async (where, expected) => {
    const { send, queries } = await memoryIngest();
    send(
      metricEnvelope(
        ...[1, 2, 3, 10].map((n) =>
          metric({ value: n, attributes: { n: { type: "integer", value: n } } }),
        ),
        metric({ value: -1e9, attributes: { n: text("NaN") } }),
      ),
    );
    const { samples } = await queries.samples({ where: [`n!=NaN`, where] });
    expect(samples.map(({ value }) => value).reverse()).toEqual(expected);
  });

  it("text that is a number compares as one", async () => {
    const { send, queries } = await memoryIngest();
    send(metricEnvelope(...["9", "10", "x"].map((n) => metric({ attributes: { n: text(n) } }))));
    const { samples } = await queries.samples({ where: ["n>9"] });
    expect(samples.map(({ attributes }) => attributes["n"])).toEqual(["10"]);
  });
});
