import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { startExplorer } from "../src/index.js";
import { VERSION } from "../src/options/version.js";
import { metric, metricEnvelope } from "./support/envelopes.js";
import { temporaryFolder } from "./support/temporary-folder.js";
import { testExplorer } from "./support/test-explorer.js";

describe("an explorer", () => {
  it("stores what it received across a restart, in a folder that git ignores", async () => {
    const data = join(temporaryFolder(), ".spanmeter");
    const first = await testExplorer({ memory: false, data });
    await first.post(metricEnvelope(metric({ value: 3 })));
    await first.close();
    expect(readFileSync(join(data, ".gitignore"), "utf8")).toBe("*\n");
    const second = await testExplorer({ memory: false, data });
    const { rows } = await second.queries.table("checkout.started", { aggregations: ["sum"] });
    expect(rows[0]?.values).toEqual({ sum: 3 });
  });

  it("in memory leaves no file", async () => {
    const data = join(temporaryFolder(), ".spanmeter");
    await testExplorer({ data });
    expect(existsSync(data)).toBe(false);
  });

  it("never holds more than maxRows", async () => {
    const explorer = await testExplorer({ maxRows: 50 });
    await explorer.post(
      metricEnvelope(...Array.from({ length: 80 }, (_, value) => metric({ value }))),
    );
    const { rows, received } = await explorer.queries.stats();
    expect([rows, received]).toEqual([50, 80]);
    const oldest = (await explorer.queries.samples({ limit: 1000 })).samples.map(
      ({ value }) => value ?? 0,
    );
    expect(Math.min(...oldest)).toBe(30);
  });

  it("receives ten thousand metrics and more within a second, without losing one", async () => {
    const explorer = await testExplorer({ memory: false, data: temporaryFolder() });
    const envelopes = Array.from({ length: 200 }, (_, batch) =>
      metricEnvelope(
        ...Array.from({ length: 100 }, (_unused, index) => metric({ value: batch * 100 + index })),
      ),
    );
    const started = process.cpuUsage();
    for (let sent = 0; sent < envelopes.length; sent += 8) {
      const answers = await Promise.all(
        envelopes.slice(sent, sent + 8).map((body) => explorer.post(body)),
      );
      expect(answers.every(({ status }) => status === 200)).toBe(true);
    }
    const { rows } = await explorer.queries.table("checkout.started", {
      aggregations: ["sum"],
    });
    // Processor time, which does not depend on how busy the machine is.
    const { user, system } = process.cpuUsage(started);
    const seconds = (user + system) / 1e6;
    // 0 + 1 + ... + 19 999
    expect(rows[0]).toMatchObject({ samples: 20_000, values: { sum: 199_990_000 } });
    expect(20_000 / seconds).toBeGreaterThan(3_000);
  });

  it("names the port that is taken, and what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    await expect(startExplorer({ port, memory: true })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken`,
    );
  });

  it.each(["192.168.1.1", "example.com", ""])(
    "refuses to listen on %j, where this machine could not read",
    async (host) => {
      await expect(startExplorer({ host, port: 0, memory: true })).rejects.toThrow(
        /is not possible. Use 127.0.0.1/,
      );
    },
  );

  it.each(["localhost", "0.0.0.0"])("on %s is read under a loopback name", async (host) => {
    const explorer = await testExplorer({ host });
    expect(new URL(explorer.url).hostname).toMatch(/^(localhost|127\.0\.0\.1)$/);
    expect((await fetch(`${explorer.url}/api/stats`)).status).toBe(200);
  });

  it.each([
    ["index.js", "import"],
    ["index.cjs", "require"],
  ])("is started by nobody who merely loads %s", async (file, load) => {
    const cwd = temporaryFolder();
    const path = join(import.meta.dirname, "../dist", file);
    const loaded = load === "import" ? pathToFileURL(path).href : path;
    const code = `Promise.resolve(${load}(${JSON.stringify(loaded)})).then((it) => console.log(typeof it.startExplorer))`;
    const told = await promisify(execFile)(process.execPath, ["-e", code], { cwd });
    expect(told).toEqual({ stdout: "function\n", stderr: "" });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("has the version of its package", () => {
    const manifest = JSON.parse(
      readFileSync(join(import.meta.dirname, "../package.json"), "utf8"),
    ) as { version: string };
    expect(VERSION).toBe(manifest.version);
  });
});
