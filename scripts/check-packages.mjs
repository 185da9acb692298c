// Holds the packed packages to what they promise: types and exports that resolve in every module
// system (publint, attw), nothing missing from the tarball, one version for all, no compiler helpers
// copied into files (tslib is where they belong), no dependency on anything private, and an example that
// runs with nothing but the tarballs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPacked, loadPacked, runPackedExample } from "./packed-packages.mjs";

const root = join(import.meta.dirname, "..");
const published = ["core", "browser", "node", "explorer"];
const folder = mkdtempSync(join(tmpdir(), "spanmeter-pack-"));
const failures = [];

/** Marks of helpers that esbuild and TypeScript write into a file when a target lacks a feature. */
const HELPERS =
  /\b__(?:async|await|awaiter|decorate|publicField|rest|objRest|spread|private|using|yieldStar)\w* *=/;

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) failures.push(`${command} ${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

try {
  const versions = new Set();
  for (const name of published) {
    const home = join(root, "packages", name);
    const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    versions.add(manifest.version);
    if (manifest.sideEffects !== false) failures.push(`${name}: sideEffects must be false`);
    if (manifest.dependencies?.["@spanmeter/testing"]) failures.push(`${name}: needs testing`);
    run("pnpm", ["pack", "--pack-destination", folder], home);
    const tarball = readdirSync(folder).find((file) => file.startsWith(`spanmeter-${name}-`));
    if (!tarball) throw new Error(`${name} was not packed`);
    run("publint", ["--strict", join(folder, tarball)], root);
    // A plain script file has no types; it is loaded by a tag, not imported.
    run("attw", [join(folder, tarball), "--exclude-entrypoints", "./script"], root);
    for (const file of readdirSync(join(home, "dist")).filter((each) => /\.c?js$/.test(each)))
      if (HELPERS.test(readFileSync(join(home, "dist", file), "utf8")))
        failures.push(`${name}/dist/${file}: holds a compiler helper; import it from tslib`);
    installPacked({ tarball: join(folder, tarball), home, folder });
    console.log(`${manifest.name} ${manifest.version}: packed and checked`);
  }
  const core = readFileSync(join(root, "packages/core/src/engine/version.ts"), "utf8");
  if (versions.size !== 1 || !core.includes(`"${[...versions][0]}"`))
    failures.push(`versions differ: ${[...versions].join(", ")} and core's version.ts`);
  failures.push(...loadPacked({ folder, names: published }));
  const example = join(root, "examples/node-cli");
  failures.push(...(await runPackedExample({ folder, example, metric: "report.finished" })));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

for (const failure of failures) console.error(`\n${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
