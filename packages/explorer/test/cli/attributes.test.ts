import { describe, expect, it } from "vitest";
import type { AttributeSummary, AttributeValues } from "../../src/index.js";
import { runCli } from "../support/cli.js";
import { cliExplorer, CONTROL_TEXT } from "../support/cli-explorer.js";
import { metric, metricEnvelope, text } from "../support/envelopes.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { testExplorer } from "../support/test-explorer.js";

const { run } = cliExplorer();

describe("spanmeter attributes", () => {
  it("lists keys with counts, kinds, bytes and values", async () => {
    const { code, stdout, stderr } = await run("attributes", "query.duration");
    const [head, row, ...more] = stdout.trim().split("\n");
    expect([code, stderr, more]).toEqual([0, "", []]);
    expect(head).toMatch(/^attribute +items +without +values +kind +bytes +most frequent$/);
    expect(row).toMatch(/^route +7 +0 +2 +string +68 B +\/cart \(5\), \/pay \(2\)$/);
  });

  it("lists the values of one, of the items that match", async () => {
    const all = await run("attributes", "query.duration", "route");
    expect([all.code, all.stderr]).toEqual([0, ""]);
    expect(all.stdout).toMatch(/^value +items\n\/cart +5\n\/pay +2\n$/);
    const some = await run("attributes", "query.duration", "route", "--where", "@value<=7");
    expect(some.stdout).toMatch(/\n\/cart +4\n\/pay +1\n$/);
    const part = await run("attributes", "query.duration", "route", "--q", "pa");
    expect(part.stdout).toMatch(/^value +items\n\/pay +2\n$/);
  });

  it("says how many values are left out", async () => {
    const { stdout, stderr } = await run("attributes", "query.duration", "route", "--limit", "1");
    expect(stdout).toMatch(/^value +items\n\/cart +5\n$/);
    expect(stderr).toBe("Only 1 of 2 are shown: --limit, --q\n");
  });

  it("prints JSON with --json", async () => {
    const keys = await run("attributes", "query.duration", "--json");
    const list = JSON.parse(keys.stdout) as { schema: number; attributes: AttributeSummary[] };
    expect([list.schema, list.attributes.map(({ key }) => key)]).toEqual([1, ["route"]]);
    const values = await run("attributes", "query.duration", "route", "--json");
    expect(JSON.parse(values.stdout) as AttributeValues & { schema: number }).toEqual({
      schema: 1,
      values: [
        { value: "/cart", count: 5 },
        { value: "/pay", count: 2 },
      ],
      total: 2,
    });
  });

  it("shows text that would control a terminal without its effect", async () => {
    const { stdout } = await run("attributes", "evil", "key");
    expect(stdout).toMatch(/^value +items\n.*owned.* 1\n$/);
    for (const character of ["\u001b", "\u009b", "\u202e"]) {
      expect(CONTROL_TEXT).toContain(character);
      expect(stdout).not.toContain(character);
    }
  });

  it("ends with 1 when there is nothing, and with 2 for wrong use", async () => {
    const nothing = await run("attributes", "query.duration", "--where", "@value>1000");
    expect([nothing.code, nothing.stderr]).toEqual([
      1,
      "No item of query.duration that matches has any\n",
    ]);
    const noKey = await run("attributes", "query.duration", "color");
    expect([noKey.code, noKey.stderr]).toEqual([1, "No item that matches has such a color\n"]);
    const unknown = await run("attributes", "query.duratoin");
    expect(unknown.stderr).toContain("query.duration");
    expect(unknown.code).toBe(1);
    const values = await run("attributes", "query.duration", "--q", "pa");
    expect(values.code).toBe(2);
    expect(values.stderr).toContain("name an attribute, too");
  });

  it.runIf(process.platform === "linux")("draws bars in a terminal", async () => {
    const explorer = await testExplorer();
    const routes = ["/cart", "/cart", "/cart", "/cart", "/pay"];
    const items = routes.map((route) => metric({ name: "m", attributes: { route: text(route) } }));
    await explorer.post(metricEnvelope(...items));
    const options = { cwd: temporaryFolder(), columns: 80, env: { NO_COLOR: "1" } };
    const { stdout } = await runCli(["attributes", "m", "route", "--url", explorer.url], options);
    expect(stdout).toMatch(/^\/cart +4  █{20}\s*$/m);
    expect(stdout).toMatch(/^\/pay +1  █{5}\s*$/m);
  });
});
