// Makes the pictures of the README: the output of the demo, and the explorer's page at the demo's incident, light and dark.
// Needs `pnpm run build`.
import { join, relative } from "node:path";
import { takeOutputPicture } from "./pictures/demo-output.mjs";
import { takePagePictures } from "./pictures/page.mjs";

const root = join(import.meta.dirname, "..");
const docs = join(root, "docs");

const files = [...(await takePagePictures(docs)), await takeOutputPicture(join(docs, "demo.png"))];
for (const file of files) console.log(relative(root, file));
