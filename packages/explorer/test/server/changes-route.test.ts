import { beforeAll, describe, expect, it } from "vitest";
import { startExplorer, type Changes, type Explorer } from "../../src/index.js";
import { INCIDENT, plantedEnvelope } from "../support/planted-metrics.js";
import { testExplorer } from "../support/test-explorer.js";

const BOX = { since: `${INCIDENT.since}s`, until: `${INCIDENT.until}s`, min: 330 };

let explorer: Explorer;
beforeAll(async () => {
  explorer = await startExplorer({ port: 0, memory: true });
  const body = plantedEnvelope({ name: "pay.duration", seed: 1, factor: 3 });
  await fetch(`${explorer.url}/stream`, { method: "POST", body });
  return () => explorer.close();
});

const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${explorer.url}/api/metrics/pay.duration/changes`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });

describe("POST /api/metrics/:name/changes", () => {
  it("answers each body by itself", async () => {
    const answers = [];
    for (const box of [BOX, { ...BOX, min: 200 }])
      answers.push((await (await post(JSON.stringify({ box }))).json()) as Changes);
    expect(answers[0]?.changes[0]).toMatchObject({ key: "provider", value: "acme" });
    expect(answers[1]?.selection.items).toBeGreaterThan(answers[0]?.selection.items ?? 0);
  });

  it("has the errors of the selected traces, and not the spans of all", async () => {
    const { events } = (await (await post(JSON.stringify({ box: BOX }))).json()) as Changes;
    expect(events).toMatchObject([
      { kind: "error", name: "payment 0.0 timed out", outside: 0, traces: { outside: 0 } },
    ]);
    const where = [`@trace=${events[0]?.traceIds[0]}`];
    const stored = await explorer.queries.events({ kinds: ["error"], where });
    expect(stored.events[0]?.name).toMatch(/^payment [\d.]+ timed out$/);
  });

  it.each([
    ['{"bxo":{}}', 'There is no member "bxo" here; valid are type, unit, where'],
    ['{"box":{"mn":1}}', 'There is no member "box.mn" here; valid are since, until, min, max'],
    ['{"__proto__":1}', 'There is no member "__proto__" here'],
    ['{"box":{"min":"1"}}', "box.min must be a number"],
    ['{"box":[]}', "box must be a JSON object"],
    ['{"where":"plan=pro"}', "where must be a list of texts"],
    ['{"ids":[1]}', "ids must be a list of texts"],
    ['{"since":60}', "since must be a text"],
    ["[]", "The body must be a JSON object"],
    ["", "The body must be a JSON object"],
    ['{"box":{"since":"x"}}', 'since is "x"'],
  ])("refuses %.40s", async (body, message) => {
    const response = await post(body);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect([response.status, error.code]).toEqual([400, "usage"]);
    expect(error.message).toContain(message);
  });

  it("refuses pages of other origins", async () => {
    const headers = { origin: "http://example.com" };
    expect((await post(JSON.stringify({ box: BOX }), headers)).status).toBe(403);
  });

  it("refuses a body that is too long", async () => {
    // The connection ends with it, so that no other test may use it.
    const { url } = await testExplorer();
    const body = JSON.stringify({ type: "x".repeat(300_000) });
    const response = await fetch(`${url}/api/metrics/m/changes`, { method: "POST", body });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("The body must not be longer than 262144 bytes");
  });
});
