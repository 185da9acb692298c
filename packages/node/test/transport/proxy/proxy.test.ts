import { describe, expect, test } from "vitest";
import { findProxy, proxyHeaders } from "../../../src/transport/proxy/proxy.js";

const https = new URL("https://o1.ingest.example.com/api/1/envelope/");
const http = new URL("http://o1.ingest.example.com/api/1/envelope/");
const find = (target: URL, env: NodeJS.ProcessEnv, option?: string | false): string | undefined =>
  findProxy(target, option, env)?.origin;

describe("from the environment", () => {
  test("https targets use https_proxy, then http_proxy; http targets use http_proxy alone", () => {
    const env = { https_proxy: "http://a:1", http_proxy: "http://b:2" };
    expect(find(https, env)).toBe("http://a:1");
    expect(find(http, env)).toBe("http://b:2");
    expect(find(https, { http_proxy: "http://b:2" })).toBe("http://b:2");
    expect(find(http, { https_proxy: "http://a:1" })).toBeUndefined();
  });

  test("both cases are read, and the lower case takes precedence", () => {
    expect(find(https, { HTTPS_PROXY: "http://a:1" })).toBe("http://a:1");
    expect(find(http, { HTTP_PROXY: "http://b:2" })).toBe("http://b:2");
    expect(find(https, { HTTPS_PROXY: "http://a:1", https_proxy: "http://c:3" })).toBe(
      "http://c:3",
    );
    expect(find(https, { HTTPS_PROXY: "http://a:1", https_proxy: "" })).toBe("http://a:1");
  });

  test("a proxy without a scheme means http", () => {
    expect(find(https, { https_proxy: "proxy.local:3128" })).toBe("http://proxy.local:3128");
  });

  test("HTTP_PROXY is not trusted in a CGI process, where a request could have set it", () => {
    expect(find(http, { HTTP_PROXY: "http://evil:1", REQUEST_METHOD: "GET" })).toBeUndefined();
    expect(find(http, { http_proxy: "http://b:2", REQUEST_METHOD: "GET" })).toBe("http://b:2");
  });

  test("NO_PROXY in either case exempts hosts", () => {
    const env = { https_proxy: "http://a:1" };
    expect(find(https, { ...env, no_proxy: "example.com" })).toBeUndefined();
    expect(find(https, { ...env, NO_PROXY: ".example.com" })).toBeUndefined();
    expect(find(https, { ...env, NO_PROXY: "example.org" })).toBe("http://a:1");
  });
});

describe("from the option", () => {
  test("takes precedence over the environment", () => {
    expect(find(https, { https_proxy: "http://a:1" }, "http://mine:9")).toBe("http://mine:9");
  });

  test("false disables the proxy", () => {
    expect(find(https, { https_proxy: "http://a:1" }, false)).toBeUndefined();
  });

  test("is subject to NO_PROXY too", () => {
    expect(find(https, { no_proxy: "*" }, "http://mine:9")).toBeUndefined();
  });
});

describe("a wrong proxy", () => {
  test("is named in an error that says how to fix it", () => {
    expect(() => find(https, { HTTPS_PROXY: "http://" })).toThrow(
      "HTTPS_PROXY is not a URL; a proxy is http://host:port or https://host:port.",
    );
    expect(() => find(https, {}, "socks5://a:1")).toThrow('proxy is a "socks5:" URL');
  });

  test("is not quoted, since it may contain a password", () => {
    expect(() => find(https, {}, "ftp://u:secret@h")).not.toThrow(/secret/);
  });
});

test("a user in the proxy's URL becomes its basic authorization", () => {
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;
  const header = (url: string): string | undefined =>
    proxyHeaders(new URL(url))["proxy-authorization"];
  expect(header("http://host")).toBeUndefined();
  expect(header("http://me:p%40ss@host")).toBe(basic("me:p@ss"));
  expect(header("http://me:50%@host")).toBe(basic("me:50%"));
});
