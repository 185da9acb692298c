import CompleteList from "@github/combobox-nav";
import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";

/** One line of a list to choose from. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** What tells it from others, such as a count. */
  readonly detail?: string | undefined;
}

interface ComboboxProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly text: string;
  readonly options: readonly Option[];
  /** What is wrong with the text. */
  readonly problem?: string | undefined;
  readonly id?: string;
  readonly onText: (text: string) => void;
  /** An option was chosen; or the text as it is, when none was. */
  readonly onChoose: (value: string, isOption: boolean) => void;
  /** Whether an option is only the beginning of a text, so that the list stays open for the rest. */
  readonly isBeginning?: (value: string) => boolean;
  readonly onFocus?: () => void;
}

/** A text field with a list of completions, by the pattern of ARIA 1.2. */
export function Combobox(props: ComboboxProps) {
  const { label, placeholder, text, options, problem, onText, onChoose, onFocus } = props;
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const isOpen = useSignal(false);
  const listId = useId();
  const problemId = useId();
  const shown = isOpen.value && options.length > 0;

  useEffect(() => {
    if (!shown || !input.current || !list.current) return undefined;
    const navigation = new CompleteList(input.current, list.current, {
      tabInsertsSuggestions: false,
    });
    navigation.start();
    return () => navigation.stop();
  }, [shown]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape" && isOpen.value) {
      event.stopPropagation();
      isOpen.value = false;
    } else if (event.key === "ArrowDown" && !isOpen.value) isOpen.value = true;
    else if (event.key === "Enter" && !input.current?.hasAttribute("aria-activedescendant")) {
      event.preventDefault();
      onChoose(text, false);
    }
  }

  return (
    <div class="combobox">
      <input
        ref={input}
        id={props.id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        aria-label={label}
        placeholder={placeholder}
        role="combobox"
        aria-expanded={shown}
        aria-controls={listId}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId}
        value={text}
        onInput={({ currentTarget }) => {
          isOpen.value = true;
          onText(currentTarget.value);
        }}
        onFocus={() => {
          isOpen.value = true;
          onFocus?.();
        }}
        onClick={() => (isOpen.value = true)}
        onBlur={() => (isOpen.value = false)}
        onKeyDown={onKeyDown}
      />
      <ul
        ref={list}
        id={listId}
        role="listbox"
        aria-label={label}
        hidden={!shown}
        // The field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
        oncombobox-commit={({ target }: Event) => {
          const chosen = (target as HTMLElement).dataset["value"] ?? "";
          isOpen.value = props.isBeginning?.(chosen) === true;
          onChoose(chosen, true);
        }}
      >
        {options.map((option, place) => (
          <li key={option.value} id={`${listId}-${place}`} role="option" data-value={option.value}>
            <span class="name">{option.label}</span>
            {option.detail !== undefined && <span class="faint"> {option.detail}</span>}
          </li>
        ))}
      </ul>
      {problem !== undefined && (
        <p id={problemId} class="problem bad" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
