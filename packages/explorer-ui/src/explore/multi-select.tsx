import { useId } from "preact/hooks";

interface MultiSelectProps {
  readonly label: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly detail?: string;
  }[];
  readonly chosen: readonly string[];
  readonly max: number;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** A button that opens a list of check boxes. */
export function MultiSelect({ label, options, chosen, max, onChange }: MultiSelectProps) {
  const id = useId();
  const names = chosen.map((each) => options.find(({ value }) => value === each)?.label ?? each);
  function toggle(value: string, isOn: boolean): void {
    onChange(isOn ? [...chosen, value] : chosen.filter((each) => each !== value));
  }
  return (
    <>
      <button
        type="button"
        popovertarget={id}
        class="opens"
        aria-label={`${label}: ${names.join(", ") || "none"}`}
      >
        {names.join(", ") || label}
      </button>
      <fieldset id={id} popover="auto" class="choices">
        <legend class="unseen">{label}</legend>
        {options.map(({ value, label: name, detail }) => {
          const isOn = chosen.includes(value);
          return (
            <label key={value} class="row">
              <input
                type="checkbox"
                checked={isOn}
                disabled={!isOn && chosen.length >= max}
                onChange={({ currentTarget }) => toggle(value, currentTarget.checked)}
              />
              <span class="name">{name}</span>
              {detail && <span class="faint">{detail}</span>}
            </label>
          );
        })}
        {options.length === 0 && <p class="faint">There is nothing to choose from.</p>}
      </fieldset>
    </>
  );
}
