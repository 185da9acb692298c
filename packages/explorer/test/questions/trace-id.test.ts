import { describe, expect, it } from "vitest";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

const ONE = "0af7651916cd43dd8448eb211c80319c";
const OTHER = "0af7ffff16cd43dd8448eb211c80319c";

async function findTrace(id: string): Promise<string> {
  const { send, queries } = await memoryIngest();
  send(metricEnvelope(metric({ trace_id: ONE }), metric({ trace_id: OTHER })));
  return (await queries.trace(id)).traceId;
}

describe("a trace", () => {
  it.each(["0af76519", "0AF765", "0af765191", ONE, ONE.toUpperCase(), "0af76519-16cd"])(
    "is found by %s",
    async (digits) => {
      expect(await findTrace(digits)).toBe(ONE);
    },
  );

  it("is an error when several begin with the digits", async () => {
    await expect(findTrace("0af7")).rejects.toThrow(
      `Several traces begin with 0af7: ${ONE}, ${OTHER}`,
    );
  });

  it.each([
    ["ffff", "Nothing was received in a trace that begins with ffff"],
    ["0af", "is not a trace id; give its 32 hex digits, or the first 4 or more"],
    ["", "is not a trace id"],
    ["xyz1", "is not a trace id"],
    ["0af7%", "is not a trace id"],
    [`${ONE}0`, "is not a trace id"],
  ])("is not found by %j, with the reason", async (digits, message) => {
    await expect(findTrace(digits)).rejects.toThrow(message);
  });
});
