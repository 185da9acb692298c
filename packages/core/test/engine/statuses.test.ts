import { expect, test } from "vitest";
import { classifyStatus, type StatusClass } from "../../src/index.js";

const CLASSES: Record<StatusClass, readonly (number | undefined)[]> = {
  accepted: [undefined, 200, 201, 202, 204, 299],
  retry: [0, 408, 502, 503, 504],
  "rate-limited": [429],
  "too-large": [413],
  rejected: [-1, 100, 301, 302, 304, 400, 401, 403, 404, 410, 422, 500, 501, 505, 520, NaN],
};

test.each(
  Object.entries(CLASSES).flatMap(([kind, all]) => all.map((status) => [status, kind] as const)),
)("status %s is %s", (status, kind) => {
  expect(classifyStatus(status)).toBe(kind);
});
