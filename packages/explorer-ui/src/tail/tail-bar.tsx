import { Pause, Play } from "lucide-preact";
import { useId } from "preact/hooks";
import { useKeys } from "../keys/use-keys.js";
import { change, parameters, replace } from "../url/address.js";
import type { Parameters } from "../url/parameters.js";
import { TailCopy } from "./tail-copy.js";
import type { Tail } from "./use-tail.js";

const KINDS = [
  ["metric", "Metrics"],
  ["span", "Spans"],
  ["log", "Logs"],
  ["error", "Errors"],
] as const;

/** Pauses the list, or lets it go on. */
export const setPaused = (paused: boolean): void => {
  if (parameters.peek().paused !== paused) replace({ paused });
};

/** Which items are shown, and whether the list goes on. */
export function TailBar({ tail }: { tail: Tail }) {
  const id = useId();
  const { kind, q, paused } = parameters.value;
  const Icon = paused ? Play : Pause;
  useKeys([
    { keys: " ", does: "Pause, go on", run: () => setPaused(!parameters.peek().paused) },
    { keys: "/", does: "Filter by name", run: () => document.getElementById(id)?.focus() },
  ]);

  function toggle(each: Parameters["kind"][number]): void {
    const chosen = kind.includes(each) ? kind.filter((other) => other !== each) : [...kind, each];
    // All kinds are no filter.
    change({ kind: chosen.length === KINDS.length ? [] : chosen });
  }

  return (
    <div class="row tail-bar">
      <button type="button" onClick={() => setPaused(!paused)} title="Space">
        <Icon size={14} aria-hidden="true" /> {paused ? "Go on" : "Pause"}
      </button>
      <div class="row" role="group" aria-label="Kinds">
        {KINDS.map(([each, label]) => (
          <button
            key={each}
            type="button"
            aria-pressed={kind.includes(each)}
            onClick={() => toggle(each)}
          >
            {label}
          </button>
        ))}
      </div>
      <input
        id={id}
        type="search"
        aria-label="Name"
        placeholder="name, or a pattern: cart.*"
        autocomplete="off"
        spellcheck={false}
        value={q}
        onInput={({ currentTarget }) => replace({ q: currentTarget.value })}
      />
      <TailCopy items={tail.items} />
    </div>
  );
}
