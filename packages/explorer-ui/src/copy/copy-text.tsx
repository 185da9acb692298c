import { useSignal } from "@preact/signals";

interface CopyTextProps {
  readonly label: string;
  readonly text: string;
}

/** A text to copy, such as a line of code. */
export function CopyText({ label, text }: CopyTextProps) {
  const said = useSignal("");
  return (
    <div class="copy-text">
      <pre tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <button
        type="button"
        aria-label={`Copy: ${label}`}
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => (said.value = "Copied"),
            () => (said.value = "This browser does not allow it"),
          )
        }
      >
        Copy
      </button>
      <span class="faint" role="status">
        {said.value}
      </span>
    </div>
  );
}
