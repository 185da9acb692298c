/**
 * Reads from the shop how many bytes of a metric Sentry bills, and how many it would bill if each call were sent by
 * itself. Returns `undefined` for a metric that the shop did not record.
 */
export async function readBilledBytes(shopUrl, name) {
  const response = await fetch(`${shopUrl}/admin/metrics`);
  if (!response.ok) throw new Error(`The shop answered ${response.status} to /admin/metrics.`);
  const metric = (await response.json()).find((each) => each.name === name);
  return metric && { billed: metric.billedBytes, raw: metric.rawBytes };
}
