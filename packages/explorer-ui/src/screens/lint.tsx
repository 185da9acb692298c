import { Findings } from "../lint/findings.js";
import { addressWith, parameters } from "../url/address.js";

/** Everything that Sentry would change or drop. */
export function Lint() {
  const { metric, code } = parameters.value;
  return (
    <>
      <h1>Lint</h1>
      <p class="faint">What Sentry would change or silently drop, by the rules of its Relay.</p>
      {(metric !== undefined || code !== undefined) && (
        <p class="row">
          <span class="name">Only {[metric, code].filter(Boolean).join(", ")}.</span>
          <a href={addressWith({ metric: undefined, code: undefined })}>Show all</a>
        </p>
      )}
      <Findings metric={metric} code={code} />
    </>
  );
}
