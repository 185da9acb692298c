import { describe, expect, it } from "vitest";
import { metric, metricEnvelope, text } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

const VALUES = ["/cart", "/cart/1", "a=b", "*/*", "=x", "~/x", "a.c", "abc", "line\nbreak", ""];

async function find(...where: string[]): Promise<unknown[]> {
  const { send, queries } = await memoryIngest();
  send(metricEnvelope(...VALUES.map((value) => metric({ attributes: { k: text(value) } }))));
  const samples = await queries.samples({ where });
  return samples.map(({ attributes }) => attributes["k"]).reverse();
}

describe("a filter", () => {
  it.each([
    ["k=/cart", ["/cart"]],
    ["k=a=b", ["a=b"]],
    ["k=", [""]],
    ["k = /cart", ["/cart"]],
    ["k=/cart*", ["/cart", "/cart/1"]],
    ["k=*cart*", ["/cart", "/cart/1"]],
    ["k=*", VALUES],
    ["k=line*", ["line\nbreak"]],
    ["k=a.c*", ["a.c"]],
    ["k=*/*", ["/cart", "/cart/1", "*/*", "~/x"]],
    [String.raw`k=\*/\*`, ["*/*"]],
    [String.raw`k=\=x`, ["=x"]],
    [String.raw`k=\~/x`, ["~/x"]],
    ["other=*", []],
  ])("%s finds the attributes it means", async (where, values) => {
    expect(await find(where)).toEqual(values);
  });

  it.each([
    ["k!=500", "!="],
    ["k>=5", ">="],
    ["k<=5", "<="],
    ["k==5", "=="],
    ["k>5", ">"],
    ["k<5", "<"],
    ["k~x", "~"],
    ["k=~x.*", "=~"],
    ["k!~x", "!~"],
    ["k=>5", "=>"],
    ["k<>5", "<>"],
    ["k != 500", "!="],
  ])(
    "%s is a usage error that names the operator and what is possible",
    async (where, operator) => {
      await expect(find(where)).rejects.toThrow(
        `where is "${where}"; the operator ${operator} is not possible, give key=value`,
      );
    },
  );

  it.each(["", "k", "=x", " =x", "k*=x", "k:500"])("%j is a usage error", async (where) => {
    await expect(find(where)).rejects.toThrow(/; give key=value, in which \* stands for anything/);
  });

  it("reaches any key", async () => {
    const { send, queries } = await memoryIngest();
    send(metricEnvelope(metric({ attributes: { "a=b~c*": text("x") } })));
    expect(await queries.samples({ where: [String.raw`a\=b\~c\*=x`] })).toHaveLength(1);
  });

  it("of several asks for all of them", async () => {
    expect(await find("k=/cart*", "k=*1")).toEqual(["/cart/1"]);
  });
});
