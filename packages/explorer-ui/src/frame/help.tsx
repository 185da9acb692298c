import { signal } from "@preact/signals";
import { areKeysOn } from "../keys/are-keys-on.js";
import { CHART_KEYS } from "../keys/chart-keys.js";
import { allKeys } from "../keys/keys.js";
import { Modal } from "../parts/modal.js";

/** Whether the list of keys is shown. */
export const isHelpOpen = signal(false);

/** The list of keys that do something on this screen. */
export function Help() {
  if (!isHelpOpen.value) return null;
  return (
    <Modal title="Keys" onClose={() => (isHelpOpen.value = false)}>
      <table>
        <tbody>
          {allKeys().map((key) => (
            <KeyRow key={key.keys} {...key} />
          ))}
        </tbody>
        <tbody>
          <tr>
            <th scope="rowgroup" colSpan={2}>
              In a chart
            </th>
          </tr>
          {CHART_KEYS.map((key) => (
            <KeyRow key={key.keys} {...key} />
          ))}
        </tbody>
      </table>
      <label class="row">
        <input
          type="checkbox"
          checked={areKeysOn.value}
          onChange={({ currentTarget }) => (areKeysOn.value = currentTarget.checked)}
        />
        Use these keys
      </label>
    </Modal>
  );
}

const KeyRow = ({ keys, does }: { readonly keys: string; readonly does: string }) => (
  <tr>
    <th scope="row">
      {keys.split(" ").map((each) => (
        <kbd key={each}>{each || "Space"}</kbd>
      ))}
    </th>
    <td>{does}</td>
  </tr>
);
