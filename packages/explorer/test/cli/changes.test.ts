import { beforeAll, describe, expect, it } from "vitest";
import { startExplorer, type Changes, type Explorer } from "../../src/index.js";
import { runCli, type Ended } from "../support/cli.js";
import { INCIDENT, plantedEnvelope } from "../support/planted-metrics.js";
import { temporaryFolder } from "../support/temporary-folder.js";

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

const FROM = `${INCIDENT.since}s`;
const TO = `${INCIDENT.until}s`;
const BOX = ["--from", FROM, "--to", TO, "--min", "330"];

describe("spanmeter changes", () => {
  it("debug", async () => {
    for (const [args, columns] of [
      [BOX],
      [["--from", FROM, "--to", TO]],
      [["--from", FROM, "--to", TO, "--since", "1h"]],
      [BOX, 120],
      [BOX, 80],
      [["--min", "330", "--since", "50m", "--until", "25m"]],
      [["--min", "5000"]],
      [[]],
    ] as [string[], number?][]) {
      const { code, stdout, stderr } = await run(args, columns);
      console.log(args.join(" "), columns, code, "\n" + stdout + "ERR " + stderr);
    }
  });
});
