import { describe, expect, it } from "vitest";
import { startCli, runCli, startExplorerCli } from "../support/cli.js";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { tcpPeer } from "../support/peers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { testExplorer } from "../support/test-explorer.js";

const send = (url: string, ...metrics: Record<string, unknown>[]) =>
  fetch(`${url}/api/1/envelope/`, { method: "POST", body: metricEnvelope(...metrics.map(metric)) });

describe("spanmeter tail", () => {
  it("shows items as lines for people and as JSON for programs", async () => {
    const cwd = temporaryFolder();
    const { url } = await startExplorerCli(["--memory"], { cwd });
    const human = startCli(["tail", "--url", url, "--metric", "cart.*"], { cwd });
    const json = startCli(["tail", "--url", url, "--json"], { cwd });
    const cart = { name: "cart.total", type: "distribution", unit: "second", value: 2 };
    const sending = setInterval(() => void send(url, { name: "other" }, cart), 50);
    await Promise.all([
      human.waitForOutput("cart.total"),
      json.waitForOutput("cart.total"),
    ]).finally(() => clearInterval(sending));
    for (const tail of [human, json]) tail.process.kill("SIGINT");
    const [lines, objects] = await Promise.all([human.ended, json.ended]);
    expect([lines.code, lines.stderr, objects.code]).toEqual([0, "", 0]);
    expect(lines.stdout).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} distribution cart\.total 2 s trace [0-9a-f]{32}\n/,
    );
    expect(lines.stdout).not.toContain("other");
    expect(JSON.parse(objects.stdout.split("\n")[0] ?? "")).toMatchObject({
      kind: "metric",
      verdict: "accepted",
    });
  });

  it("of a kind that does not exist is wrong use", async () => {
    const { url } = await testExplorer();
    const { code, stderr } = await runCli(["tail", "--kind", "metrics", "--url", url], {
      cwd: temporaryFolder(),
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining("valid are metric, span,")]);
  });

  it("ends with 1 when its explorer ends", async () => {
    const cwd = temporaryFolder();
    const explorer = await startExplorerCli(["--memory"], { cwd });
    const tail = startCli(["tail", "--url", explorer.url, "--json"], { cwd });
    const sending = setInterval(() => void send(explorer.url, {}).catch(() => {}), 50);
    await tail.waitForOutput("checkout.started").finally(() => clearInterval(sending));
    explorer.process.kill("SIGINT");
    expect(await tail.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("has ended") as string,
    });
  });
});

describe("spanmeter tail that waits for an answer", () => {
  it("ends immediately on Ctrl-C", async () => {
    let connect = (): void => {};
    const connected = new Promise<void>((resolve) => (connect = resolve));
    const url = await tcpPeer(() => connect());
    const tail = startCli(["tail", "--url", url], { cwd: temporaryFolder() });
    await connected;
    tail.process.kill("SIGINT");
    expect(await tail.ended).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});
