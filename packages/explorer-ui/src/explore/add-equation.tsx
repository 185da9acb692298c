import { useSignal } from "@preact/signals";
import { Combobox } from "../parts/combobox.js";
import { change, parameters } from "../url/address.js";
import { readEquation } from "./equation.js";
import { letter } from "./panel-bar.js";
import type { Panel } from "./panel.js";

/** Adds an equation of the panels: of two, their quotient is two clicks away. */
export function AddEquation({ panels }: { panels: readonly Panel[] }) {
  const text = useSignal("");
  const problem = useSignal<string | undefined>(undefined);
  if (panels.length < 2) return null;
  const pairs = panels.flatMap((_, a) =>
    panels.flatMap((__, b) => (a === b ? [] : [[a, b] as const])),
  );
  const options = pairs
    .flatMap(([a, b]) => [
      {
        value: `${letter(a)} / ${letter(b)} %`,
        label: `${panels[a]!.name} / ${panels[b]!.name} in %`,
      },
      { value: `${letter(a)} / ${letter(b)}`, label: `${panels[a]!.name} / ${panels[b]!.name}` },
    ])
    .filter(({ value }) => value.startsWith(text.value));
  return (
    <Combobox
      label="Add an equation"
      placeholder="a / b %"
      text={text.value}
      options={options}
      problem={problem.value}
      onText={(typed) => {
        text.value = typed;
        problem.value = undefined;
      }}
      onChoose={(value) => {
        try {
          readEquation(value);
        } catch (error) {
          problem.value = (error as Error).message;
          return;
        }
        text.value = "";
        const { eq } = parameters.value;
        if (!eq.includes(value)) change({ eq: [...eq, value] });
      }}
    />
  );
}
