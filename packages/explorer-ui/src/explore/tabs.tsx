import type { ComponentChildren } from "preact";
import { formatCount } from "../format/number.js";
import { TABS } from "../url/parameters.js";

type Tab = (typeof TABS)[number];

const NAMES: Readonly<Record<Tab, string>> = {
  aggregates: "Aggregates",
  samples: "Samples",
  changes: "What changed",
  lint: "Lint",
  cost: "Cost",
};

interface TabsProps {
  readonly chosen: Tab;
  readonly badges: Partial<Record<Tab, number | undefined>>;
  readonly onChoose: (tab: Tab) => void;
  readonly children: ComponentChildren;
}

/** Tabs by the pattern of ARIA: one stop for the Tab key, arrows go from tab to tab. */
export function Tabs({ chosen, badges, onChoose, children }: TabsProps) {
  function onKeyDown(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const next = TABS[(TABS.indexOf(chosen) + by + TABS.length) % TABS.length]!;
    event.preventDefault();
    onChoose(next);
    document.getElementById(`tab-${next}`)?.focus();
  }
  return (
    <>
      <div class="tabs" role="tablist" aria-label="About this metric" onKeyDown={onKeyDown}>
        {TABS.map((tab) => (
          <button
            key={tab}
            id={`tab-${tab}`}
            type="button"
            role="tab"
            aria-selected={tab === chosen}
            aria-controls="tab-panel"
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => onChoose(tab)}
          >
            {NAMES[tab]}
            {badges[tab] !== undefined && ` (${formatCount(badges[tab])})`}
          </button>
        ))}
      </div>
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${chosen}`}>
        {children}
      </div>
    </>
  );
}
