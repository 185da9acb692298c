import { describe, expect, it } from "vitest";
import { runCli } from "../support/cli.js";
import { TRACE_ID } from "../support/envelopes.js";
import { httpPeer, tcpPeer } from "../support/peers.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const COMMANDS = [["metrics"], ["query", "m"], ["samples"], ["trace", TRACE_ID], ["tail"]];

/** The output of every reading command for an address, in parallel. */
const runAll = async (url: string) =>
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
  it("gives up on a server that accepts and never answers", async () => {
    const url = await tcpPeer(() => {});
    expect(await runAll(url)).toEqual(each(`No answer from ${url} within 10 s`));
  });

  it.each([
    ["text/html", "<html>"],
    ["application/json", "{}"],
    ["text/event-stream", ": alive\n\n"],
  ])("recognizes that a server of %s is not an explorer", async (contentType, body) => {
    const url = await httpPeer((_, response) =>
      response.writeHead(200, { "content-type": contentType }).end(body),
    );
    expect(await runAll(url)).toEqual(each(`The server at ${url} is not a Spanmeter explorer`));
  });

  it("recognizes that a server of another protocol is not an explorer", async () => {
    const url = await tcpPeer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
    expect(await runAll(url)).toEqual(each(`No explorer answers at ${url}`));
  });
});
