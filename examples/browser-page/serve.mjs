import { build } from "esbuild";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const dsn = process.env.SENTRY_DSN ?? "http://public@127.0.0.1:8969/1";
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const bundle = await build({
  entryPoints: [here("src/main.js")],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2021",
  write: false,
  define: { "process.env.NODE_ENV": '"production"' },
  // Only needed in this repository, whose tsconfig maps the packages to their sources.
  tsconfigRaw: "{}",
});

/** Each page load has a new trace, which the page continues. */
const page = async (name) =>
  (await readFile(here(name), "utf8"))
    .replace("{{dsn}}", dsn)
    .replace("{{traceparent}}", `00-${hex(16)}-${hex(8)}-01`);
const hex = (bytes) => randomBytes(bytes).toString("hex");

const resources = {
  "/": async () => '<a href="/script.html">script</a> <a href="/bundled.html">bundled</a>',
  "/script.html": () => page("script.html"),
  "/bundled.html": () => page("bundled.html"),
  "/main.js": async () => bundle.outputFiles[0].text,
  "/spanmeter.min.js": () =>
    readFile(fileURLToPath(import.meta.resolve("@spanmeter/browser/script")), "utf8"),
};

const server = createServer(async (request, response) => {
  const resource = resources[request.url];
  if (!resource) return response.writeHead(404).end();
  const type = request.url.endsWith(".js") ? "text/javascript" : "text/html";
  response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(await resource());
});

server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${server.address().port}`),
);
