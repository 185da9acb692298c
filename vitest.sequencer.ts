import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";

/** These take longest, most of it waiting. A file that is begun last keeps the whole run waiting for it. */
const LONG = [
  "runtimes/test/deno.test.ts",
  "examples/test/demo.test.ts",
  "endings/page-matrix.test.ts",
  "acceptance/address.test.ts",
  "acceptance/accessibility.test.ts",
  "bench/test/smoke.test.ts",
  "suites/process-ends.test.ts",
  "suites/faults.test.ts",
  "explorer/test/real-sentry.test.ts",
  "browser/test/endings/clocks.test.ts",
  "client/probe.test.ts",
  "cli/explorer.test.ts",
  "core/test/accounting/accounting.test.ts",
  "core/test/accounting/policies.test.ts",
  "core/test/volume/statistics/reservoir.test.ts",
  "core/test/volume/statistics/sample.test.ts",
  "testing/test/replay/replay.test.ts",
  "runtimes/test/cloudflare.test.ts",
  "http/blocked-loop.test.ts",
  "suites/soak.test.ts",
  "context/sentry-trace.test.ts",
];

const isLong = ({ moduleId }: TestSpecification): boolean =>
  LONG.some((path) => moduleId.endsWith(path));

/** Begins with the files that take longest; a fresh checkout has no run to learn that from. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
