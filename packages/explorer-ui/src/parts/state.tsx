import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/api-error.js";

/** Says that there is nothing to show, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Says that something is being read. */
export const Loading = ({ what }: { what: string }) => (
  <p class="state faint" role="status">
    Reading {what} …
  </p>
);

/** Says what went wrong, and what to do next. */
export function Failed({ error }: { error: ApiError }) {
  return (
    <div class="state" role="alert">
      <h2 class="bad">{error.code === "unreachable" ? "No connection" : "No answer"}</h2>
      <p class="name">{error.message}</p>
      {error.code === "unreachable" && (
        <p class="faint">
          Start it again with <code>npx spanmeter explorer</code>: this page continues by itself.
        </p>
      )}
    </div>
  );
}
