import { describe, expect, test } from "vitest";
import { isExempt } from "../../../src/transport/proxy/no-proxy.js";

const exempt = (url: string, list: string): boolean => isExempt(new URL(url), list);

describe("a name", () => {
  test.each(["example.com", ".example.com", "*.example.com", "EXAMPLE.com", "example.com."])(
    "%j names the host and its subdomains",
    (entry) => {
      expect(exempt("https://example.com/", entry)).toBe(true);
      expect(exempt("https://o1.ingest.example.com/", entry)).toBe(true);
      expect(exempt("https://notexample.com/", entry)).toBe(false);
      expect(exempt("https://example.com.evil.net/", entry)).toBe(false);
    },
  );

  test("with a port names it on that port only, the scheme's own port included", () => {
    expect(exempt("https://example.com:8443/", "example.com:8443")).toBe(true);
    expect(exempt("https://example.com/", "example.com:443")).toBe(true);
    expect(exempt("http://example.com/", "example.com:80")).toBe(true);
    expect(exempt("https://example.com/", "example.com:8443")).toBe(false);
  });

  test("with a trailing dot in the URL is the same host", () => {
    expect(exempt("https://example.com./", "example.com")).toBe(true);
  });
});

describe("an address", () => {
  test("is compared as an address, whatever its spelling", () => {
    expect(exempt("http://127.0.0.1:9000/", "127.0.0.1")).toBe(true);
    expect(exempt("http://[::1]:9000/", "[::1]")).toBe(true);
    expect(exempt("http://[::1]:9000/", "::1")).toBe(true);
    expect(exempt("http://[::1]:9000/", "0:0:0:0:0:0:0:1")).toBe(true);
    expect(exempt("http://[::1]:9000/", "[::1]:9000")).toBe(true);
    expect(exempt("http://[::1]:9000/", "[::1]:9001")).toBe(false);
    expect(exempt("http://[::2]/", "::1")).toBe(false);
  });

  test("may be a network", () => {
    expect(exempt("http://10.3.4.5/", "10.0.0.0/8")).toBe(true);
    expect(exempt("http://11.3.4.5/", "10.0.0.0/8")).toBe(false);
    expect(exempt("http://[fd00::1]/", "fd00::/8")).toBe(true);
    expect(exempt("http://10.3.4.5/", "fd00::/8")).toBe(false);
  });

  test.each(["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1"])(
    "with an invalid network such as %s names nothing",
    (entry) => {
      expect(exempt("http://10.0.0.1/", entry)).toBe(false);
    },
  );
});

describe("the list", () => {
  test("is separated by commas or spaces", () => {
    expect(exempt("http://b/", "a, b,c")).toBe(true);
    expect(exempt("http://c/", "a b c")).toBe(true);
    expect(exempt("http://d/", "a,,b")).toBe(false);
  });

  test("may name everything", () => {
    expect(exempt("http://anything/", "a,*")).toBe(true);
  });

  test.each(["", " , ", "[", "[]:80", ":80"])("names nothing when it is %j", (list) => {
    expect(exempt("http://host/", list)).toBe(false);
  });
});
