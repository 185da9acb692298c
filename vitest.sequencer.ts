import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";

/** These take longest, most of it waiting. A file that is begun last keeps the whole run waiting for it. */
const LONG = [
  "endings/page-matrix.test.ts",
  "endings/exits.test.ts",
  "examples/test/demo.test.ts",
  "reliability/soak.test.ts",
  "reliability/faults.test.ts",
  "bench/test/smoke.test.ts",
  "explorer/test/real-sentry.test.ts",
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
