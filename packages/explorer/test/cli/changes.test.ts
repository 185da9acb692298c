import { beforeAll, describe, expect, it } from "vitest";
import { startExplorer, type Changes, type Explorer } from "../../src/index.js";
import { runCli, type Ended } from "../support/cli.js";
import { INCIDENT, plantedEnvelope } from "../support/planted-metrics.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const FROM = ["--from", `${INCIDENT.since}s`, "--to", `${INCIDENT.until}s`];
const BOX = [...FROM, "--min", "330"];

let explorer: Explorer;

beforeAll(async () => {
  explorer = await startExplorer({ port: 0, memory: true });
  const body = plantedEnvelope({ name: "pay.duration", seed: 1, factor: 3 });
  await fetch(`${explorer.url}/stream`, { method: "POST", body });
  return () => explorer.close();
});

const run = (args: string[], columns?: number): Promise<Ended> =>
  runCli(["changes", "pay.duration", "--url", explorer.url, ...args], {
    cwd: temporaryFolder(),
    env: { NO_COLOR: "1" },
    ...(columns === undefined ? {} : { columns }),
  });

describe("spanmeter changes", () => {
  it("says what makes up the selection, what remains, and what was compared", async () => {
    const { code, stdout, stderr } = await run(BOX);
    const [title, result, head, row, rest, events, error, checked] = stdout.split("\n");
    expect([code, stderr]).toEqual([0, ""]);
    expect(title).toMatch(
      /^pay\.duration, distribution in millisecond: \d+ items in \d+ traces against \d+ in \d+ of the same time$/,
    );
    expect(result).toMatch(
      /^provider=acme makes up \d\d\.\d % of the selection and \d+\.\d % of the items beside it \(p 0\.005\)\.$/,
    );
    expect(head).toMatch(/^value +selected +beside +p +items +trace$/);
    expect(row).toMatch(/^provider=acme +\d\d\.\d % +\d+\.\d % +0\.005 +\d+ +[0-9a-f]{32}$/);
    expect(rest).toMatch(/^Without provider=acme nothing more stands out: \d+ items against \d+/);
    expect(events).toMatch(/^kind +name +selected +beside +p +traces +trace$/);
    expect(error).toMatch(
      /^error +payment 0\.0 timed out +\d\d\.\d % +0\.0 % +< 0\.001 +\d+ +[0-9a-f]+$/,
    );
    expect(checked).toMatch(
      /^6 attributes with \d+ values were compared\. Left out: release \(the same in every item\), user\.id \(\d+ values, all rare\)\. Occurring together is no proof of a cause\.$/,
    );
  });

  it("compares a strip of time with the time before it", async () => {
    const { code, stdout } = await run([...FROM, "--since", "1h"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ of the 40 min before$/m);
    expect(stdout).toMatch(
      /^The share of pay\.duration above [\d.]+ ms rose from \d+\.\d % to \d+\.\d % \(p 0\.\d+\): provider=acme makes up \d+ % of that, from \d+\.\d % to \d+\.\d %\.$/m,
    );
    expect(stdout).toMatch(/^value +part +before +in it +p +items +trace$/m);
  });

  it("says that nothing was found", async () => {
    const { code, stdout } = await run(["--since", "50m", "--until", "25m", "--min", "250"]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Nothing separates these \d+ items from the \d+ beside them\.$/m),
    ]);
  });

  it.runIf(process.platform === "linux")("draws shares as bars in a terminal", async () => {
    const { stdout } = await run(BOX, 100);
    const [, inside, insideBar = "", outside, outsideBar = ""] =
      /provider=acme +([\d.]+) % +([█▏▎▍▌▋▊▉]+) +([\d.]+) % +([█▏▎▍▌▋▊▉]+)/.exec(stdout) ?? [];
    for (const [share, drawn] of [
      [inside, insideBar],
      [outside, outsideBar],
    ])
      expect(Math.abs((drawn ?? "").length - (Number(share) / 100) * 12)).toBeLessThanOrEqual(1);
    expect(insideBar.length).toBeGreaterThan(outsideBar.length);
  });

  it("prints JSON with --json, also for picked samples", async () => {
    const { samples } = await explorer.queries.samples({ where: ["@value>=600"], limit: 40 });
    const ids = samples.map(({ id }) => id).join(",");
    const { code, stdout } = await run(["--id", ids, "--seed", "5", "--json"]);
    const answer = JSON.parse(stdout) as Changes & { schema: number };
    expect([code, answer.schema, answer.seed, answer.selection.items]).toEqual([0, 1, 5, 40]);
    expect(answer.changes[0]).toMatchObject({ key: "provider", value: "acme" });
  });

  it("ends with 1 when there is too little, and with 2 for wrong use", async () => {
    const little = await run(["--min", "50000"]);
    expect([little.code, little.stderr]).toEqual([
      1,
      "Too little to compare: both sides need at least 20 items in 5 traces.\n",
    ]);
    const nothing = await run([]);
    expect([nothing.code, nothing.stderr]).toEqual([
      2,
      expect.stringContaining("select a part with --min"),
    ]);
    expect((await run(["--min", "x"])).stderr).toContain("It must be a number");
    expect((await run(["--min", "-1", "--max", "-2"])).code).toBe(2);
  });

  it("reads the data file when no explorer runs", async () => {
    const folder = temporaryFolder();
    const written = await startExplorer({ port: 0, data: folder });
    const body = plantedEnvelope({ name: "m", seed: 2, factor: 4 });
    await fetch(`${written.url}/stream`, { method: "POST", body });
    await written.close();
    const { code, stdout } = await runCli(["changes", "m", "--data", folder, ...BOX], {
      cwd: folder,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("provider=acme makes up");
  });
});
