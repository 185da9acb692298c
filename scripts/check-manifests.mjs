// Checks what npm shows of each published package: where it comes from, where to report, and how it is found.
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { report, rootOf } from "./checks/files.mjs";
import { REPOSITORY_URL } from "./checks/repository.mjs";

const root = rootOf(process.argv);

const expected = (name) => ({
  homepage: `${REPOSITORY_URL}/tree/main/packages/${name}#readme`,
  bugs: { url: `${REPOSITORY_URL}/issues` },
  repository: {
    type: "git",
    url: `git+${REPOSITORY_URL}.git`,
    directory: `packages/${name}`,
  },
});

const findings = ["core", "browser", "node", "explorer"].flatMap((name) => {
  const path = `packages/${name}/package.json`;
  const manifest = JSON.parse(readFileSync(join(root, path), "utf8"));
  const wrong = Object.entries(expected(name))
    .filter(([key, value]) => JSON.stringify(manifest[key]) !== JSON.stringify(value))
    .map(([key, value]) => `${path}: ${key} must be ${JSON.stringify(value)}`);
  const count = manifest.keywords?.length ?? 0;
  return count < 5 ? [...wrong, `${path}: keywords must be at least 5`] : wrong;
});
report(findings, { passed: "The manifests name the repository." });
