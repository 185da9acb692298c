import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { binaryOf } from "./binaries.js";
import { bundle } from "./bundle.js";

export interface WorkerOptions {
  readonly compatibilityDate?: string;
  readonly compatibilityFlags?: readonly string[];
  /** The values of constants in the script. */
  readonly define?: Readonly<Record<string, unknown>>;
}

export interface Worker {
  /** Sends a request and returns its body as JSON. */
  visit(path?: string, headers?: Readonly<Record<string, string>>): Promise<unknown>;
  /** The console output of the worker. */
  readonly output: () => string;
}

/** Serves a script of `test/fixtures`, bundled as wrangler does, by a workerd that stops with the test. */
export async function startWorker(name: string, options: WorkerOptions = {}): Promise<Worker> {
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-workerd-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await bundle(name, join(folder, "worker.js"), ["workerd", "worker", "browser"], options.define);
  await writeFile(join(folder, "config.capnp"), config(options));
  const child = spawn(binaryOf("workerd"), ["serve", "config.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream!.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdio[3] as Readable).on("line", (line) =>
      resolve((JSON.parse(line) as { port: number }).port),
    );
    child.on("exit", () => reject(new Error(`workerd ended: ${output}`)));
  });
  return {
    output: () => output,
    async visit(path = "/", headers = {}) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
      const body = await response.text();
      if (!response.ok) throw new Error(`${response.status} ${body}\n${output}`);
      return JSON.parse(body) as unknown;
    },
  };
}

const config = ({
  compatibilityDate = "2026-11-01",
  compatibilityFlags = [],
}: WorkerOptions): string => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "${compatibilityDate}",
      compatibilityFlags = ${JSON.stringify(compatibilityFlags)},
      globalOutbound = "loopback",
    )),
    (name = "loopback", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
