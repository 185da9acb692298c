import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const bench = join(import.meta.dirname, "..");
const read = (path) => JSON.parse(readFileSync(join(bench, path), "utf8"));

function isInstalled([name, version]) {
  const path = `node_modules/${name}/package.json`;
  return existsSync(join(bench, path)) && read(path).version === version;
}

/** Installs the peers if one is missing or has another version. Returns their versions. */
export function installPeers() {
  const { devDependencies } = read("package.json");
  if (!Object.entries(devDependencies).every(isInstalled)) {
    console.log("Installing the peers, once ...");
    const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: bench,
      stdio: "inherit",
    });
    if (status !== 0) throw new Error("The peers could not be installed (npm ci in bench/).");
  }
  return devDependencies;
}
