/** What the bench's server has read from this process: metrics, and bytes of its sockets. */
export async function seenBy({ seen }) {
  const response = await fetch(seen);
  if (!response.ok)
    throw new Error(`the server cannot read what arrived: ${await response.text()}`);
  return response.json();
}
