import { ArrowDown, ArrowUp, X } from "lucide-preact";
import { addressOf, change, go, parameters } from "../url/address.js";
import type { Parameters } from "../url/parameters.js";
import { panelsOf, withPanel, writePanel, type Panel } from "./panel.js";

interface PanelMenuProps {
  readonly panel: Panel;
  readonly place: number;
  readonly panels: number;
}

/** Moves a panel, or takes it away. */
export function PanelMenu({ panel, place, panels }: PanelMenuProps) {
  return (
    <>
      <button
        type="button"
        class="plain"
        aria-label={`Move ${panel.name} up`}
        disabled={place === 0}
        onClick={() => move(place, place - 1)}
      >
        <ArrowUp size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        class="plain"
        aria-label={`Move ${panel.name} down`}
        disabled={place === panels - 1}
        onClick={() => move(place, place + 1)}
      >
        <ArrowDown size={14} aria-hidden="true" />
      </button>
      {place > 0 && (
        <button
          type="button"
          class="plain"
          aria-label={`Remove ${panel.name}`}
          onClick={() => change(withPanel(parameters.value, place, undefined))}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </>
  );
}

function move(from: number, to: number): void {
  const name = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  const all = [...panelsOf(name, parameters.value)];
  [all[from], all[to]] = [all[to]!, all[from]!];
  goToPanels(all, parameters.value);
}

/** Shows these panels. The first one gives the screen its name. */
export function goToPanels([first, ...further]: readonly Panel[], given: Parameters): void {
  if (!first) return;
  const { name, ...own } = first;
  go(
    addressOf(
      { at: "metric", name },
      { ...given, box: undefined, ...own, m: further.map(writePanel) },
    ),
  );
}
