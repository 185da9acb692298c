// Writes the version that `changeset version` gave the packages into the sources of core, which send it with each metric.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const core = join(import.meta.dirname, "..", "packages", "core");
const { version } = JSON.parse(readFileSync(join(core, "package.json"), "utf8"));
const file = join(core, "src", "version.ts");
const text = readFileSync(file, "utf8");
if (!/VERSION = "[^"]+"/.test(text)) throw new Error(`${file} has no VERSION`);
writeFileSync(file, text.replace(/VERSION = "[^"]+"/, `VERSION = "${version}"`));
console.log(`${file}: ${version}`);
