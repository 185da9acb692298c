import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { startCli, startExplorerCli } from "../support/cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

describe("an explorer that ends", () => {
  it("waits neither for a client that follows nor for one that has sent half a request", async () => {
    const cwd = temporaryFolder();
    const explorer = await startExplorerCli(["--memory"], { cwd });
    const tail = startCli(["tail", "--url", explorer.url], { cwd });
    const { hostname, port } = new URL(explorer.url);
    const half = connect(Number(port), hostname);
    onTestFinished(() => void half.destroy());
    half.on("error", () => {});
    half.write("POST /api/1/envelope/ HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{");
    await new Promise((resolve) => half.once("connect", resolve));
    explorer.process.kill("SIGINT");
    expect((await explorer.ended).code).toBe(0);
    tail.process.kill("SIGINT");
    await tail.ended;
  });
});
