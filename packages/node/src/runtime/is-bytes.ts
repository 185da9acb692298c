/** Whether a value is bytes of any realm: jest and `node:vm` have a `Uint8Array` of their own. */
export const isBytes = (value: unknown): value is Uint8Array =>
  ArrayBuffer.isView(value) && (value as Partial<Uint8Array>).BYTES_PER_ELEMENT === 1;
