import { useSignal } from "@preact/signals";

/** Copies a text, and says so. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  const state = useSignal("");
  return (
    <button
      type="button"
      class="plain small"
      onClick={() =>
        void navigator.clipboard.writeText(text).then(
          () => (state.value = "copied"),
          () => (state.value = "not allowed by the browser"),
        )
      }
    >
      {children}
      <span role="status" class="good">
        {state.value && ` ✓ ${state.value}`}
      </span>
    </button>
  );
}
