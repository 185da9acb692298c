/** The products of the shop. */
const PRODUCTS = [
  ["espresso-cup", "Espresso cup", 1290],
  ["teapot", "Teapot", 4900],
  ["kettle", "Gooseneck kettle", 8450],
  ["grinder", "Hand grinder", 11900],
  ["beans", "Coffee beans, 1 kg", 2350],
  ["filter", "Paper filters", 590],
  ["scale", "Brewing scale", 3990],
  ["carafe", "Glass carafe", 3150],
];

/** The number of past payments that the fraud check searches. */
const PAST_PAYMENTS = 400_000;

/** Creates the shop's tables. */
export async function createTables(connection) {
  await connection.run("CREATE TABLE products (id TEXT, title TEXT, cents INTEGER)");
  for (const product of PRODUCTS)
    await connection.run("INSERT INTO products VALUES ($1, $2, $3)", product);
  await connection.run(
    `CREATE TABLE payments AS
     SELECT md5(n::TEXT) AS card, 'customer' || n || '@mail' || n % 9 || '.example' AS email
     FROM range(${PAST_PAYMENTS}) past(n)`,
  );
  await connection.run("CREATE INDEX payments_by_card ON payments (card)");
  await connection.run("CREATE TABLE orders (id TEXT, visitor TEXT, cents INTEGER, state TEXT)");
  await connection.run("CREATE TABLE photos (hash TEXT, product TEXT, bytes INTEGER)");
}
