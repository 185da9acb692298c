import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { chartPng } from "../chart/chart.js";
import type { LineChart } from "../chart/chart-model.js";
import { parameters } from "../url/address.js";
import { commandOf, curlOf, linkOf } from "./command.js";
import { csvOf } from "./csv.js";
import type { Panel } from "./panel.js";

interface CopyMenuProps {
  readonly panel: Panel;
  readonly chart: LineChart | undefined;
  readonly chartId: string | undefined;
  readonly range: { since: string; until: string } | undefined;
}

/** Copies what a panel shows. */
export function CopyMenu({ panel, chart, chartId, range }: CopyMenuProps) {
  const id = useId();
  const said = useSignal("");
  const given = parameters.value;
  const ways: readonly [label: string, copy: () => Promise<void>][] = [
    ["Link", () => navigator.clipboard.writeText(location.href)],
    [
      "Link with fixed times",
      () => navigator.clipboard.writeText(linkOf(panel.name, given, range)),
    ],
    ["Command", () => navigator.clipboard.writeText(commandOf(panel, given, panel.agg))],
    ["cURL", () => navigator.clipboard.writeText(curlOf(panel, given))],
    ["CSV", () => navigator.clipboard.writeText(chart ? csvOf(chart) : "")],
    ["PNG", () => copyPng(chartId)],
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
                () => (said.value = `${label} could not be copied: this browser does not allow it`),
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

async function copyPng(id: string | undefined): Promise<void> {
  if (id === undefined) return;
  await navigator.clipboard.write([new ClipboardItem({ "image/png": chartPng(id) })]);
}
