import Convert from "ansi-to-html";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { chromiumLaunchOptions } from "../chromium.mjs";

const root = join(import.meta.dirname, "../..");

/** Runs the demo, and takes a picture of the end of its output: sample, trace, cause. */
export async function takeOutputPicture(file) {
  const { stdout } = await promisify(execFile)("node", ["scripts/demo.mjs", "--once"], {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: "1" },
    maxBuffer: 1 << 24,
  });
  const lines = stdout.split("\n");
  const from = lines.findIndex((line) => line.includes("The spike"));
  const html = new Convert({
    escapeXML: true,
    fg: "#d4d4d8",
    colors: { 1: "#f87171", 2: "#4ade80", 3: "#fbbf24" },
  }).toHtml(lines.slice(from).join("\n").trim());

  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    const page = await browser.newPage({
      deviceScaleFactor: 2,
      viewport: { width: 980, height: 400 },
    });
    await page.setContent(`<style>${font("DejaVuSansMono", 400)}${font("DejaVuSansMono-Bold", 700)}
    body { margin: 0; background: #18181b; }
    pre { display: inline-block; margin: 0; padding: 24px 28px; color: #d4d4d8; font: 12.5px/1.4 Mono; }
  </style><pre>${html}</pre>`);
    await page.evaluate(() => document.fonts.ready);
    await page.locator("pre").screenshot({ path: file });
  } finally {
    await browser.close();
  }
  return file;
}

// A font with blocks, lines and arrows, which the browser's own font lacks.
const require = createRequire(import.meta.url);
const font = (file, weight) => {
  const bytes = readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`));
  const url = `data:font/ttf;base64,${bytes.toString("base64")}`;
  return `@font-face { font-family: Mono; font-weight: ${weight}; src: url(${url}); }`;
};
