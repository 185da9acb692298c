import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { curlOf } from "./command.js";

interface CopyMenuProps {
  /** The command that prints the same numbers. */
  readonly command: string;
  /** The address of the API that answers with them. */
  readonly path: string;
  /** What the API is asked, where the address does not say it. */
  readonly body?: unknown;
  /** The link; that of the page when it is left out. */
  readonly link?: () => string;
  readonly csv: () => string;
  /** The picture; without one there is none. */
  readonly png?: (() => Promise<Blob>) | undefined;
}

/** Copies what is shown, in any form in which somebody may need it. */
export function CopyMenu({ command, path, body, link, csv, png }: CopyMenuProps) {
  const id = useId();
  const said = useSignal("");
  const write = (text: string): Promise<void> => navigator.clipboard.writeText(text);
  const ways: readonly (readonly [label: string, copy: () => Promise<void>])[] = [
    ["Link", () => write(location.href)],
    ...(link ? ([["Link with fixed times", () => write(link())]] as const) : []),
    ["Command", () => write(command)],
    ["cURL", () => write(curlOf(path, body))],
    ["CSV", () => write(csv())],
    ...(png ? ([["PNG", () => writePicture(png())]] as const) : []),
  ];
  return (
    <>
      <button type="button" popovertarget={id} class="opens">
        Copy
      </button>
      <div id={id} popover="auto" class="choices" role="group" aria-label="Copy as">
        {ways.map(([label, copy]) => (
          <button
            key={label}
            type="button"
            class="plain"
            onClick={() =>
              void copy().then(
                () => (said.value = `${label} copied`),
                () => (said.value = `${label} not copied: this browser does not allow it`),
              )
            }
          >
            {label}
          </button>
        ))}
        <p class="faint" role="status">
          {said.value}
        </p>
      </div>
    </>
  );
}

/** The browser waits for the picture by itself, so that the click still counts. */
const writePicture = (picture: Promise<Blob>): Promise<void> =>
  navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
