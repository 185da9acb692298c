/**
 * Creates a client of the explorer's JSON API. It resolves to `undefined` for a 404. Parameters can be
 * lists; `undefined` ones are left out.
 */
export function createExplorerApi(explorerUrl) {
  return async function get(path, parameters = {}) {
    const url = new URL(`/api/${path}`, explorerUrl);
    for (const [key, value] of Object.entries(parameters))
      for (const one of [value].flat()) if (one !== undefined) url.searchParams.append(key, one);
    const response = await fetch(url);
    const answer = await response.json();
    if (response.ok) return answer;
    if (response.status === 404) return undefined;
    throw new Error(`${url} answered ${response.status}: ${answer.error?.message}`);
  };
}
