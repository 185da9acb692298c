// Checks that every link of every Markdown file to a file of this repository, relative or absolute, leads to a file
// and an anchor that exist. The READMEs of published packages may link only by URL, because npm shows them too.
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { lineAt, listFiles, readText, report, rootOf } from "./files.mjs";
import { anchorsOf, linksOf } from "./markdown.mjs";
import { FILE_URL, REPOSITORY_URL } from "./repository.mjs";

const root = rootOf(process.argv);
const pages = listFiles(root, "", /\.md$/).filter((path) => !path.startsWith(".changeset/"));
const anchors = new Map();

function hasAnchor(path, anchor) {
  if (!anchors.has(path)) anchors.set(path, anchorsOf(readText(root, path)));
  return anchors.get(path).has(anchor);
}

/** The path and anchor in this repository that a link of `page` leads to, or `undefined` for any other link. */
function resolveLink(page, target) {
  const own = [FILE_URL, FILE_URL.replace("/blob/", "/tree/"), `${REPOSITORY_URL}/raw/main/`];
  const prefix = own.find((each) => target.startsWith(each));
  if (!prefix && /^[a-z][a-z\d+.-]*:/i.test(target)) return undefined;
  const [path, anchor] = (prefix ? target.slice(prefix.length) : target).split("#");
  const base = prefix ? "" : posix.dirname(page);
  return { path: path === "" ? page : posix.join(base, decodeURI(path)), anchor };
}

function problemOf(page, target) {
  const place = resolveLink(page, target);
  if (!place) return undefined;
  if (
    /^packages\/(core|browser|node|explorer)\/README\.md$/.test(page) &&
    !/^(https:|#)/.test(target)
  )
    return `is relative; write ${FILE_URL}${place.path}`;
  if (!existsSync(join(root, place.path))) return "leads to no file";
  if (place.anchor && place.path.endsWith(".md") && !hasAnchor(place.path, place.anchor))
    return `${place.path} has no heading for #${place.anchor}`;
  return undefined;
}

const findings = pages.flatMap((page) => {
  const text = readText(root, page);
  return linksOf(text).flatMap(({ target, offset }) => {
    const problem = problemOf(page, target);
    return problem ? [`${page}:${lineAt(text, offset)}: ${target} ${problem}`] : [];
  });
});
report(findings, { passed: `The links of ${pages.length} pages lead somewhere.` });
