// Writes docs/api, the reference of the published packages, from their docstrings.
// `--check` writes nothing and fails when docs/api differs from what the sources give.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Application, Converter, LogLevel } from "typedoc";
import { useHeadingAnchors } from "./api/anchors.mjs";
import { ENTRY_POINTS } from "./api/entry-points.mjs";
import { listReexports, removeInherited, unwrapSentences } from "./api/shorten.mjs";

const root = join(import.meta.dirname, "..");
const target = join(root, "docs", "api");
const NOTICE = "<!-- Generated from the docstrings by `pnpm run api`; do not edit. -->\n\n";

const OPTIONS = {
  entryPoints: ENTRY_POINTS.map(({ source }) => join(root, source)),
  tsconfig: join(root, "tsconfig.api.json"),
  plugin: ["typedoc-plugin-markdown"],
  logLevel: LogLevel.Warn,
  // Types are checked by `pnpm run types`.
  skipErrorChecking: true,
  // A reference that names lines of the sources would change with every edit.
  disableSources: true,
  excludeInternal: true,
  excludePrivate: true,
  readme: "none",
  name: "API reference",
  hideGenerator: true,
  validation: { notExported: false, invalidLink: true, notDocumented: false },
  kindSortOrder: ["Module", "Function", "Variable", "Interface", "TypeAlias", "Class"],
  groupOrder: ["Functions", "Variables", "Interfaces", "Type Aliases", "Classes"],
  // For typedoc-plugin-markdown.
  router: "module",
  // Replaced by GitHub's in `useHeadingAnchors`.
  useHTMLAnchors: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true },
  pageTitleTemplates: { module: ({ name }) => titleOf(name) },
};

const titleOf = (page) => ENTRY_POINTS.find((entry) => entry.page === page)?.title ?? page;

/** Finds the entry point of a module, which typedoc names by its path without `index.ts` or `.ts`. */
function entryOf(module) {
  const entry = ENTRY_POINTS.find(({ source }) =>
    source.replace(/(\/index)?\.ts$/, "").endsWith(module.name),
  );
  if (!entry) throw new Error(`scripts/api/entry-points.mjs lacks ${module.name}`);
  return entry;
}

/** Renames the modules to the names of their pages, and leaves out what would only repeat other pages. */
function arrange({ project }) {
  for (const module of project.children ?? []) {
    const { page, note } = entryOf(module);
    module.name = page;
    listReexports(project, { module, note });
  }
  removeInherited(project);
  unwrapSentences(project);
}

/** Removes the tables of type parameters that have no description: the signature above shows them. */
const withoutBareTypeParameters = (text) =>
  text.replace(/#+ Type Parameters\n\n\| Type Parameter \|\n\| -+ \|\n(\| <a .*\|\n)+\n/g, "");

/** The page that lists the others. */
function index() {
  const lines = ENTRY_POINTS.map(({ page, title }) => `- [${title}](${page}.md)`);
  const text = "Every function, option and type that the packages export.";
  return `# API reference\n\n${text}\n\n${lines.join("\n")}\n`;
}

/** Converts the sources and returns the pages by file name. */
async function generate() {
  const folder = mkdtempSync(join(tmpdir(), "spanmeter-api-"));
  const outputs = [{ name: "markdown", path: folder }];
  const app = await Application.bootstrapWithPlugins({ ...OPTIONS, outputs });
  app.converter.on(Converter.EVENT_RESOLVE_END, arrange);
  const project = await app.convert();
  if (!project || app.logger.hasErrors()) throw new Error("typedoc could not read the sources");
  try {
    await app.generateOutputs(project);
    if (app.logger.hasErrors()) throw new Error("typedoc could not write the pages");
    const pages = ENTRY_POINTS.map(({ page }) => {
      const text = readFileSync(join(folder, `${page}.md`), "utf8");
      return [`${page}.md`, NOTICE + withoutBareTypeParameters(text)];
    });
    return useHeadingAnchors(new Map([["README.md", NOTICE + index()], ...pages]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(pages) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [name, text] of pages) writeFileSync(join(target, name), text);
  console.log(`docs/api: ${pages.size} pages`);
}

/** Returns the pages that are missing, differ, or have no source. */
function differences(pages) {
  const read = (name) => {
    try {
      return readFileSync(join(target, name), "utf8");
    } catch {
      return undefined;
    }
  };
  const stale = readdirSync(target).filter((name) => !pages.has(basename(name)));
  return [...stale, ...[...pages].filter(([name, text]) => read(name) !== text).map(([n]) => n)];
}

const pages = await generate();
if (process.argv.includes("--check")) {
  const differing = differences(pages);
  for (const name of differing)
    console.error(`docs/api/${name} differs from the docstrings; run pnpm run api`);
  if (differing.length === 0) console.log("docs/api is what the docstrings say.");
  process.exitCode = differing.length > 0 ? 1 : 0;
} else write(pages);
