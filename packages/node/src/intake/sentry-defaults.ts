import type { TransportFactory } from "@spanmeter/core";
import { httpTransport } from "../transport/http/http-transport.js";

/** Members in the source of `makeNodeTransport`, also after a bundler, such as that of Next, shortened its name. */
const NODE_MEMBERS: readonly RegExp[] = [/\.httpModule\b/, /\.https_proxy\b/];

/**
 * The transport that an application brings, for its metrics too; `undefined` for the SDK's own, which ours
 * replaces: it compresses, and a worker thread can send for it while the process exits. In Bun
 * and Deno a bundler that shortens names hides which one it is; then the SDK's is used, and what is pending at an exit
 * is spooled.
 */
export function broughtTransport(
  make: TransportFactory | undefined,
  transportOptions: object | undefined,
): TransportFactory | undefined {
  // With another HTTP module requests may go anywhere.
  if (!make || (transportOptions && "httpModule" in transportOptions)) return make;
  const isDefault =
    make === (httpTransport as TransportFactory) ||
    isNodeTransport(make) ||
    (isOtherRuntime() && make.name === "makeFetchTransport");
  return isDefault ? undefined : make;
}

/** Bun and Deno, whose SDKs send by `fetch`. */
const isOtherRuntime = (): boolean => "Bun" in globalThis || "Deno" in globalThis;

function isNodeTransport(make: TransportFactory): boolean {
  const source = Function.prototype.toString.call(make);
  return NODE_MEMBERS.every((member) => member.test(source));
}
