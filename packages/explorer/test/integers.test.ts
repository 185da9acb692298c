import { describe, expect, it } from "vitest";
import { parseJson } from "../src/model/json.js";
import { runCli } from "./support/cli.js";
import { envelope, metric, metricEnvelope, metrics, TRACE_ID } from "./support/envelopes.js";
import { memoryIngest } from "./support/memory-ingest.js";
import { temporaryFolder } from "./support/temporary-folder.js";
import { testExplorer } from "./support/test-explorer.js";

/** Two neighbouring integers that become the same double. */
const [ID, NEIGHBOUR] = ["653247040368672769", "653247040368672770"];
const NEGATIVE = "-653247040368672769";
const LARGEST = "18446744073709551615";

/** A metric with the digits as an integer attribute, written by hand: `JSON.stringify` would round them. */
const withInteger = (digits: string): string => {
  const text = JSON.stringify(
    metric({ name: "m", attributes: { id: { value: 0, type: "integer" } } }),
  );
  return text.replace('"value":0', `"value":${digits}`);
};

const integerEnvelope = (...digits: string[]): string => {
  const item = metrics(digits);
  return envelope([{ ...item, payload: `{"items":[${digits.map(withInteger).join(",")}]}` }]);
};

describe("an integer attribute of 64 bits", () => {
  it("stays exact in samples, groups, filters and the list of attributes", async () => {
    const { send, queries } = await memoryIngest();
    send(integerEnvelope(ID, NEIGHBOUR, NEGATIVE, LARGEST));
    const { samples } = await queries.samples({ name: "m" });
    expect(samples.map(({ attributes }) => attributes["id"])).toEqual(
      [LARGEST, NEGATIVE, NEIGHBOUR, ID].map(BigInt),
    );
    const { rows } = await queries.table("m", { by: ["id"] });
    const groups = new Set(rows.map(({ group }) => group?.["id"]));
    expect(groups).toEqual(new Set([ID, NEIGHBOUR, NEGATIVE, LARGEST]));
    expect(rows).toHaveLength(4);
    for (const digits of [ID, NEGATIVE, LARGEST]) {
      const { samples: found } = await queries.samples({ name: "m", where: [`id=${digits}`] });
      expect(found.map(({ attributes }) => attributes["id"])).toEqual([BigInt(digits)]);
    }
    expect((await queries.attributes("m"))[0]?.top).toContainEqual({ value: ID, count: 1 });
    const [attribute] = await queries.attributes("m");
    expect(attribute?.top.map(({ value }) => value)).toContain(ID);
  });

  it("stays exact over HTTP, in the stream, and on the command line", async () => {
    const explorer = await testExplorer();
    const stream = await fetch(`${explorer.url}/api/stream`);
    await explorer.post(integerEnvelope(ID));
    const api = await (await fetch(`${explorer.url}/api/samples`)).text();
    expect(api).toContain(`"id":${ID}`);
    let streamed = "";
    for await (const chunk of stream.body ?? []) {
      streamed += new TextDecoder().decode(chunk as Uint8Array);
      if (streamed.includes("event: item")) break;
    }
    expect(streamed).toContain(`"id":${ID}`);
    const cwd = temporaryFolder();
    const ask = async (...args: string[]) =>
      (await runCli([...args, "--url", explorer.url], { cwd })).stdout;
    expect(await ask("samples", "--json")).toContain(`"id":${ID}`);
    expect(await ask("samples")).toContain(`id=${ID}`);
    expect(await ask("trace", TRACE_ID)).toContain(`id=${ID}`);
    expect(await ask("query", "m", "--by", "id", "--where", `id=${ID}`)).toContain(ID);
  });

  it("stays exact in lists, in tags of events and in their detail", async () => {
    const { send, queries } = await memoryIngest();
    const list = metric({ name: "m", attributes: { ids: { value: [], type: "array" } } });
    send(metricEnvelope(list).replace('"value":[]', `"value":[1,${ID}]`));
    const event = `{"message":"m","extra":{"id":${ID}},"contexts":{"trace":{"trace_id":"${TRACE_ID}"}}}`;
    send(envelope([{ header: { type: "event" }, payload: event }]));
    const { unattached } = await queries.trace(TRACE_ID);
    expect(unattached[0]?.attributes["ids"]).toEqual([1, BigInt(ID)]);
    expect(unattached[1]?.detail).toMatchObject({ extra: { id: BigInt(ID) } });
  });

  it("beyond 64 bits is a double, as in Relay", async () => {
    const { send, queries } = await memoryIngest();
    send(integerEnvelope("18446744073709551616"));
    expect((await queries.samples()).samples[0]?.attributes).toEqual({ id: 2 ** 64 });
  });
});

describe("a metric value beyond 2^53", () => {
  it("is the double that Sentry stores, and says so where that differs", async () => {
    const { send, queries } = await memoryIngest();
    for (const digits of ["9007199254740993", "9007199254740994"])
      send(metricEnvelope(metric({ value: 0 })).replace('"value":0', `"value":${digits}`));
    const { samples } = await queries.samples();
    expect(samples.map(({ value, verdict }) => [value, verdict])).toEqual([
      [9007199254740994, "accepted"],
      [9007199254740992, "changed"],
    ]);
    expect(samples[1]?.notes[0]?.message).toBe(
      "Sentry stores 9007199254740993 as the double 9007199254740992",
    );
  });
});

describe("parsing an answer of the API", () => {
  it("returns the exact integer", async () => {
    const explorer = await testExplorer();
    await explorer.post(integerEnvelope(ID));
    const text = await (await fetch(`${explorer.url}/api/samples`)).text();
    expect(parseJson(text)).toMatchObject({ samples: [{ attributes: { id: BigInt(ID) } }] });
  });
});
