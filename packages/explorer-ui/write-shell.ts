import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Names the script and the style sheet by their content, and writes the document that loads them. */
export async function writeShell(template: string, folder: string): Promise<void> {
  let shell = await readFile(template, "utf8");
  for (const name of ["page.js", "page.css"]) {
    const path = join(folder, "assets", name);
    const hash = createHash("sha256")
      .update(await readFile(path))
      .digest("hex")
      .slice(0, 8);
    const named = name.replace(".", `-${hash}.`);
    await rename(path, join(folder, "assets", named));
    shell = shell.replace(`/assets/${name}`, `/assets/${named}`);
  }
  await rm(join(folder, "index.html"), { force: true });
  await writeFile(join(folder, "index.html"), shell);
}
