import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { expect, it, onTestFinished } from "vitest";
import { createPageRoutes } from "../../src/server/page-routes.js";

const BROWSER = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const LINK = { ...BROWSER, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** A server with a page of two files, and data behind it. */
async function servePage(): Promise<
  (path: string, headers?: Record<string, string>) => Promise<Answer>
> {
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-page-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<title>Spanmeter</title>");
  await writeFile(join(folder, "assets", "page-0123abcd.js"), "export {};");
  await writeFile(join(folder, "secret.txt"), "secret");
  const app = new Hono();
  app.route("/", createPageRoutes(folder) as unknown as Hono);
  app.all("*", (context) => context.text("data"));
  const listener = getRequestListener(app.fetch);
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing)).listen(
    0,
    "127.0.0.1",
  );
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  return (path, headers = {}) =>
    new Promise((resolve, reject) => {
      const host = headers["host"] ?? `127.0.0.1:${port}`;
      request({ port, path, headers: { ...headers, host } }, (response) => {
        let body = "";
        response.on("data", (chunk) => (body += String(chunk)));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      })
        .on("error", reject)
        .end();
    });
}

it("every address of the page is answered with the same document", async () => {
  const get = await servePage();
  for (const path of [
    "/",
    "/metrics/a%2Fb",
    "/traces",
    "/traces/0af7",
    "/live",
    "/lint",
    "/cost",
  ]) {
    const { status, headers, body } = await get(path, BROWSER);
    expect([path, status, body]).toEqual([path, 200, "<title>Spanmeter</title>"]);
    expect(headers["content-type"]).toContain("text/html");
    expect(headers["cache-control"]).toBe("no-cache");
  }
});

it("an address that it does not know is answered with it, too, as not found", async () => {
  const get = await servePage();
  expect(await get("/nowhere/at/all", BROWSER)).toMatchObject({
    status: 404,
    body: "<title>Spanmeter</title>",
  });
  for (const path of ["/nowhere", "/api/nowhere", "/stream", "/assets/nowhere.js"])
    expect((await get(path, path === "/nowhere" ? {} : BROWSER)).body).toBe("data");
});

it("its policy allows only its own scripts, and no text as code", async () => {
  const { headers } = await (await servePage())("/", BROWSER);
  const policy = String(headers["content-security-policy"]).split("; ");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).toContain("trusted-types 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy.join()).not.toContain("unsafe");
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
});

it("opens from a link on any site, but not for a script or a frame of another site", async () => {
  const get = await servePage();
  const from = (headers: Record<string, string>) =>
    get("/metrics/a", { ...headers, "sec-fetch-site": "cross-site" });
  expect(await from(LINK)).toMatchObject({ status: 200 });
  expect(await from(BROWSER)).toMatchObject({ status: 403 });
  expect(await from({ ...LINK, "sec-fetch-dest": "iframe" })).toMatchObject({ status: 403 });
  expect(await from({ ...LINK, "sec-fetch-mode": "cors" })).toMatchObject({ status: 403 });
});

it("does not open by a foreign host name, as DNS rebinding would ask for it", async () => {
  const { status, body } = await (await servePage())("/", { ...LINK, host: "evil.example" });
  expect([status, body]).toEqual([403, expect.stringContaining("Host header must be")]);
});

it("programs that ask for anything but a document go past it", async () => {
  const get = await servePage();
  expect((await get("/")).body).toBe("data");
  expect((await get("/", { accept: "*/*" })).body).toBe("data");
  expect((await get("/api/metrics", BROWSER)).body).toBe("data");
});

it("its files may be kept for ever, and nothing beside them is served", async () => {
  const get = await servePage();
  const { status, headers } = await get("/assets/page-0123abcd.js");
  expect(status).toBe(200);
  expect(headers["cache-control"]).toContain("immutable");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  for (const path of ["/assets/../secret.txt", "/assets/..%2Fsecret.txt", "/secret.txt"])
    expect((await get(path)).body).toBe("data");
});
