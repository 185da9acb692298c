import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll } from "vitest";
import { startExplorer, type Explorer } from "../../src/index.js";
import { runCli, type Ended } from "./cli.js";
import { metric, metricEnvelope, nowSeconds, SPAN_ID, text, type Json } from "./envelopes.js";

/** Text that would control a terminal. */
export const CONTROL_TEXT = "\u001b[2J\u001b]0;owned\u0007line\nbreak\u202e\u009b2J";

export interface CliExplorer {
  /** Working directory of the commands. */
  cwd: string;
  /** Runs a reading command against the explorer. */
  run: (...args: string[]) => Promise<Ended>;
  /** Address of the explorer. */
  url: () => string;
}

const body = (more: readonly Json[]): string => {
  const duration = (value: number, route: string) =>
    metric({
      name: "query.duration",
      type: "distribution",
      unit: "millisecond",
      value,
      attributes: { route: text(route) },
    });
  return metricEnvelope(
    ...[1, 2, 3, 4, 100].map((value) => duration(value, "/cart")),
    ...[7, 8].map((value) => duration(value, "/pay")),
    metric({ value: 1234567, span_id: SPAN_ID, timestamp: nowSeconds() - 120 }),
    metric({ name: "lost", value: null }),
    metric({ name: " " }),
    metric({ name: "evil", attributes: { key: text(CONTROL_TEXT) } }),
    ...more,
  );
};

/** An explorer with the metrics that reading commands show, and more of them, for all tests of a file. */
export function cliExplorer(...more: readonly Json[]): CliExplorer {
  const cwd = mkdtempSync(join(tmpdir(), "spanmeter-"));
  let explorer: Explorer;
  beforeAll(async () => {
    explorer = await startExplorer({ port: 0, memory: true });
    await fetch(`${explorer.url}/api/1/envelope/`, { method: "POST", body: body(more) });
    return () => explorer.close();
  });
  return {
    cwd,
    url: () => explorer.url,
    run: (...args) => runCli([...args, "--url", explorer.url], { cwd }),
  };
}
