import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { HttpBindings } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono, type Context, type MiddlewareHandler } from "hono";
import { readerOf, refuseReader } from "./read-guard.js";

type Env = { Bindings: HttpBindings };

/** The addresses of the page. It decides itself what each of them shows. */
const ADDRESSES = ["/", "/metrics/:name", "/traces", "/traces/:id", "/live", "/lint", "/cost"];

/** Received telemetry is hostile: names and values must never become code or requests. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const HEADERS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

const YEAR_SECONDS = 31_536_000;

/**
 * Creates the routes of the page, which go before the read guard: the page contains no data, so a link to it may be
 * followed from any site. Whatever it then reads is guarded.
 */
export function createPageRoutes(folder: string): Hono<Env> {
  const app = new Hono<Env>();
  const shell = readFileSync(join(folder, "index.html"), "utf8");

  const answerWith =
    (status: 200 | 404): MiddlewareHandler<Env> =>
    async (context, next) => {
      if (!wantsPage(context)) return next();
      const refusal = refuseReader({ ...readerOf(context), ...linkFromAnySite(context) });
      if (refusal !== undefined) return context.text(`${refusal}.\n`, 403);
      return context.html(shell, status, { ...HEADERS, "cache-control": "no-cache" });
    };

  for (const address of ADDRESSES) app.get(address, answerWith(200));
  app.get(
    "/assets/*",
    // Their names contain a hash of their content.
    serveStatic({
      root: folder,
      onFound: (_, context) => {
        context.header("cache-control", `public, max-age=${YEAR_SECONDS}, immutable`);
        context.header("x-content-type-options", "nosniff");
      },
    }),
  );
  // The page says that there is nothing, and leads back.
  app.get(":path{(?!api/|stream|assets/).+}", answerWith(404));
  return app;
}

/** Programs ask for the text at `/`. */
const wantsPage = ({ req }: Context<Env>): boolean =>
  req.header("accept")?.includes("text/html") === true;

/** A person who follows a link sends this request, and not a page's script. */
function linkFromAnySite({ req }: Context<Env>): { fetchSite?: undefined } {
  const isNavigation =
    req.header("sec-fetch-mode") === "navigate" && req.header("sec-fetch-dest") === "document";
  return isNavigation ? { fetchSite: undefined } : {};
}
