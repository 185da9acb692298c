import { signal } from "@preact/signals";
import { areKeysOn } from "../keys/are-keys-on.js";
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
          {allKeys().map(({ keys, does }) => (
            <tr key={keys}>
              <th scope="row">
                {(keys === " " ? ["Space"] : keys.split(" ")).map((each) => (
                  <kbd key={each}>{each}</kbd>
                ))}
              </th>
              <td>{does}</td>
            </tr>
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
