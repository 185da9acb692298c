/** Fetches how many metrics, and bytes of its sockets, the bench's server has read from this process. */
export async function seenBy({ seen }) {
  const response = await fetch(seen);
  if (!response.ok)
    throw new Error(`the server cannot read an arrived body: ${await response.text()}`);
  return response.json();
}
