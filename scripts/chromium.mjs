// Finds Chromium for tests and the demo on a machine that has only Node and npm: `CHROMIUM_PATH`
// if it is set, otherwise the build in `@sparticuz/chromium`, which is unpacked once into
// node_modules/.cache together with shared libraries and fonts that a bare Linux lacks. That build is
// for Linux on x64 only; other systems use an installed Chrome or Edge.
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const root = join(import.meta.dirname, "..");

/** Flags for a container: no sandbox (root), no GPU, and no background requests. */
const args = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Returns options for `playwright.chromium.launch()`. Unpacks the browser at the first call. */
export async function chromiumLaunchOptions({ platform, arch, env } = process) {
  if (env.CHROMIUM_PATH) return { executablePath: env.CHROMIUM_PATH, args };
  if (platform === "win32") return { channel: "msedge", args };
  if (platform !== "linux" || arch !== "x64") return { channel: "chrome", args };
  const home = await unpack();
  const libraries = [join(home, "al2023", "lib"), process.env.LD_LIBRARY_PATH];
  return {
    executablePath: join(home, "chromium"),
    args,
    env: {
      ...process.env,
      // With LANG=C.UTF-8 this build reports the locale "en-US@posix", which Intl rejects.
      LANG: "en_US.UTF-8",
      LD_LIBRARY_PATH: libraries.filter(Boolean).join(":"),
      FONTCONFIG_PATH: join(home, "fonts"),
    },
  };
}

async function unpack() {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const requireThere = createRequire(entry);
  const { version } = requireThere("../../package.json");
  const home = join(root, "node_modules", ".cache", `chromium-${version}-with-fonts`);
  if (existsSync(join(home, "chromium"))) return home;

  const archives = join(dirname(entry), "..", "..", "bin");
  const tar = requireThere("tar-fs");
  await mkdir(dirname(home), { recursive: true });
  const draft = await mkdtemp(`${home}-`);
  const unbrotli = (name, sink) =>
    pipeline(createReadStream(join(archives, name)), createBrotliDecompress(), sink);
  await Promise.all([
    unbrotli("chromium.br", createWriteStream(join(draft, "chromium"), { mode: 0o755 })),
    unbrotli("al2023.tar.br", tar.extract(join(draft, "al2023"))),
    unbrotli("swiftshader.tar.br", tar.extract(draft)),
    unbrotli("fonts.tar.br", tar.extract(join(draft, "fonts"))),
  ]);
  await writeFile(join(draft, "fonts", "fonts.conf"), fontsConf(join(home, "fonts")));
  // Two processes may unpack concurrently: the first rename wins, the other deletes its draft.
  await rename(draft, home).catch(async (error) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(join(home, "chromium"))) throw error;
  });
  return home;
}

/** Replaces the archive's file, which names folders of AWS Lambda; without a font, text has no width. */
function fontsConf(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "cache")}</cachedir>
</fontconfig>
`;
}
