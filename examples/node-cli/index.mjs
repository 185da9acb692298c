import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { init, metrics } from "@spanmeter/node";

init({
  dsn: process.env.SENTRY_DSN ?? "http://public@127.0.0.1:8969/1",
  release: "folder-report@1.0.0",
});

const folder = process.argv[2] ?? ".";
const entries = await readdir(folder, { withFileTypes: true });
const files = entries.filter((entry) => entry.isFile());

for (const { name } of files) {
  const { size } = await stat(join(folder, name));
  metrics.distribution("file.size_bytes", size, {
    unit: "byte",
    attributes: { extension: extname(name) || "none" },
  });
}
metrics.count("report.finished");

console.log(`${files.length} files`);
// No flush is needed: waiting metrics are sent when the event loop is empty.
