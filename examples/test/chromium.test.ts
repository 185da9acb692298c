import { expect, test } from "vitest";
import { chromiumLaunchOptions } from "../../scripts/chromium.mjs";

test.for([
  ["darwin", "arm64", "chrome"],
  ["linux", "arm64", "chrome"],
  ["win32", "x64", "msedge"],
] as const)("on %s %s, which has no Chromium on npm, %s is used", async (machine) => {
  const [platform, arch, channel] = machine;
  const options = await chromiumLaunchOptions({ platform, arch, env: {} });
  expect(options).toMatchObject({ channel });
  expect(options).not.toHaveProperty("executablePath");
});

test("CHROMIUM_PATH takes precedence on every platform", async () => {
  const env = { CHROMIUM_PATH: "/opt/chromium" };
  for (const platform of ["darwin", "linux", "win32"])
    expect(await chromiumLaunchOptions({ platform, arch: "x64", env })).toMatchObject({
      executablePath: "/opt/chromium",
    });
});
