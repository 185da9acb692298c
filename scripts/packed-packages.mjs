// Uses the packed packages like an application: unpacked side by side in an empty folder, with only
// the dependencies that they declare.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

/** Unpacks `tarball` of the package whose sources are in `home` into `folder`, with its dependencies. */
export function installPacked({ tarball, home, folder }) {
  const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const target = join(folder, "node_modules", manifest.name);
  mkdirSync(target, { recursive: true });
  const { status, stderr } = spawnSync(
    "tar",
    ["-xzf", tarball, "-C", target, "--strip-components=1"],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${tarball} could not be unpacked: ${stderr}`);
  for (const name of Object.keys(manifest.dependencies ?? {}))
    if (!name.startsWith("@spanmeter/"))
      link(join(home, "node_modules", name), join(folder, "node_modules", name));
}

function link(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(from, to, "junction");
}

/** Loads each package in both module systems. Returns the failures. */
export function loadPacked({ folder, names }) {
  return names.flatMap((name) =>
    [`import("@spanmeter/${name}")`, `Promise.resolve(require("@spanmeter/${name}"))`].flatMap(
      (load) => {
        const code = `${load}.then((loaded) => { if (Object.keys(loaded).length < 2) throw new Error("the package has no exports") })`;
        const { status, stderr } = spawnSync(process.execPath, ["-e", code], {
          cwd: folder,
          encoding: "utf8",
        });
        return status === 0 ? [] : [`packed ${name}, ${load}: ${stderr}`];
      },
    ),
  );
}

/** Runs an example against the packed explorer and queries its metric by the packed command line. */
export async function runPackedExample({ folder, example, metric }) {
  cpSync(example, join(folder, "example"), {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  const cli = join(folder, "node_modules/@spanmeter/explorer/dist/cli.js");
  const explorer = spawn(process.execPath, [cli, "explorer", "--memory", "--port", "0"], {
    cwd: folder,
  });
  try {
    const [output] = await Promise.race([
      once(explorer.stdout, "data"),
      once(explorer.stderr, "data"),
    ]);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
    if (!url) return [`the packed explorer did not start: ${output}`];
    const env = { ...process.env, SENTRY_DSN: `${url.replace("//", "//public@")}/1` };
    const run = (args) => spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
    const sent = run([join(folder, "example/index.mjs")]);
    const queried = run([cli, "query", metric, "--json", "--url", url]);
    return [sent, queried]
      .filter(({ status }) => status !== 0)
      .map(({ stderr }) => `packed example: ${stderr}`);
  } finally {
    const ended = once(explorer, "exit");
    explorer.kill();
    await ended;
  }
}
