import type { TransportFactory } from "@spanmeter/core";
import { httpTransport } from "../transport/http/http-transport.js";

/** The transports that the SDKs for node, Bun and Deno use by themselves. */
const DEFAULT_NAMES: readonly string[] = ["makeNodeTransport", "makeFetchTransport"];
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
    DEFAULT_NAMES.includes(make.name) ||
    isNodeTransport(make);
  return isDefault ? undefined : make;
}

function isNodeTransport(make: TransportFactory): boolean {
  const source = Function.prototype.toString.call(make);
  return NODE_MEMBERS.every((member) => member.test(source));
}
