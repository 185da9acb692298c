import { execFileSync } from "node:child_process";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { readEvents } from "../../src/client/server-events.js";
import { fetchFrom } from "../../src/client/fetch-path.js";
import { withTimeLimit } from "../../src/runtime/time-limit.js";
import { runCli, startCli, startExplorerCli } from "../support/cli.js";
import { TRACE_ID } from "../support/envelopes.js";
import { httpPeer, tcpPeer } from "../support/peers.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const COMMANDS = [["metrics"], ["query", "m"], ["samples"], ["trace", TRACE_ID], ["tail"]];

/** What every reading command says about an address, in parallel. */
const askAll = async (url: string) =>
  Promise.all(
    COMMANDS.map(async (command) => {
      const { code, stdout, stderr } = await runCli([...command, "--url", url], {
        cwd: temporaryFolder(),
      });
      return [command[0], code, stdout, stderr.replace(/\. Start one with: .*/, "")];
    }),
  );

const each = (message: string) => COMMANDS.map(([name]) => [name, 3, "", `${message}\n`]);

describe("every reading command", () => {
  it("gives up on a peer that accepts and never answers", async () => {
    const url = await tcpPeer(() => {});
    expect(await askAll(url)).toEqual(each(`No answer from ${url} within 10 s`));
  });

  it.each([
    ["text/html", "<html>"],
    ["application/json", "{}"],
    ["text/event-stream", ": alive\n\n"],
  ])("knows that what answers with %s is no explorer", async (contentType, body) => {
    const url = await httpPeer((_, response) =>
      response.writeHead(200, { "content-type": contentType }).end(body),
    );
    expect(await askAll(url)).toEqual(each(`What answers at ${url} is no Spanmeter explorer`));
  });

  it("knows that what speaks another protocol is no explorer", async () => {
    const url = await tcpPeer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
    expect(await askAll(url)).toEqual(each(`No explorer answers at ${url}`));
  });
});

describe("tail", () => {
  it("ends at once on Ctrl-C while it waits for an answer", async () => {
    let connect = (): void => {};
    const connected = new Promise<void>((resolve) => (connect = resolve));
    const url = await tcpPeer(() => connect());
    const tail = startCli(["tail", "--url", url], { cwd: temporaryFolder() });
    await connected;
    tail.process.kill("SIGINT");
    expect(await tail.ended).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("a question", () => {
  it("is given up when its answer begins and does not end", async () => {
    const url = await httpPeer((_, response) => void response.writeHead(200).write("{"));
    await expect(fetchFrom(url, "/api/metrics", 200)).rejects.toThrow(
      `The explorer at ${url} gave no answer within 0.2 s`,
    );
  });

  it("says when the explorer ends in the middle of its answer", async () => {
    const url = await httpPeer((_, response) => {
      response.writeHead(200, { "content-length": "10" }).write("{");
      response.destroy();
    });
    await expect(fetchFrom(url, "/api/metrics")).rejects.toThrow(
      `The explorer at ${url} has ended`,
    );
  });
});

describe("the stream of tail", () => {
  const read = async (url: string, silenceMs: number): Promise<string[]> => {
    const seen: string[] = [];
    for await (const { data } of readEvents(await fetch(url), silenceMs)) seen.push(data);
    return seen;
  };

  it("is given up when not even a sign of life comes", async () => {
    const url = await httpPeer((_, response) => void response.write(": connected\n\n"));
    await expect(read(url, 200)).rejects.toThrow("Nothing for 0.2 s");
  });

  it("is followed as long as there are signs of life", async () => {
    const url = await httpPeer((_, response) => {
      let signs = 0;
      const beat = setInterval(() => {
        if (++signs < 35) response.write(": alive\n\n");
        else response.end("event: item\ndata: last\n\n");
      }, 100);
      response.once("close", () => clearInterval(beat));
    });
    expect(await read(url, 3_000)).toEqual(["last"]);
  });
});

describe("a data folder that cannot be made", () => {
  it.skipIf(process.platform !== "linux").each(["/proc/x", "/dev/null/x", "/proc/x/y/z"])(
    "%s is an error at once",
    async (folder) => {
      const args = ["explorer", "--port", "0", "--data", folder];
      const { code, stdout, stderr } = await runCli(args, { cwd: temporaryFolder() });
      expect([code, stdout, stderr]).toEqual([
        1,
        "",
        expect.stringMatching(
          new RegExp(`^The data folder ${folder} cannot be used: .*Choose another with --data`),
        ),
      ]);
    },
  );

  it.each(["explorer", "metrics"])("without a name is wrong use of %s", async (command) => {
    const { code, stderr } = await runCli([command, "--data", ""], { cwd: temporaryFolder() });
    expect([code, stderr]).toEqual([2, expect.stringContaining("It must name a folder")]);
  });

  it.skipIf(process.platform === "win32")("with a pipe as its data file is an error", async () => {
    const cwd = temporaryFolder();
    execFileSync("bash", ["-c", "mkfifo explorer.duckdb"], { cwd });
    for (const args of [
      ["explorer", "--port", "0", "--data", "."],
      ["metrics", "--data", "."],
    ]) {
      const { code, stderr } = await runCli(args, { cwd });
      expect([code, stderr]).toEqual([1, expect.stringContaining("it is not a file")]);
    }
  });
});

describe("an explorer that ends", () => {
  it("waits for no client: not for one that follows, not for one that has sent half a request", async () => {
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

describe("a time limit", () => {
  it("gives the result of work that ends in time, and the error of work that fails", async () => {
    const late = (): Error => new Error("late");
    expect(await withTimeLimit(Promise.resolve(1), 1_000, late)).toBe(1);
    await expect(withTimeLimit(Promise.reject(new Error("bad")), 1_000, late)).rejects.toThrow(
      "bad",
    );
    await expect(withTimeLimit(new Promise(() => {}), 1, late)).rejects.toThrow("late");
  });
});
