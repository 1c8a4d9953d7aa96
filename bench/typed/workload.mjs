// The four questions, in each contestant's own schema. `unwrap` makes one shape of the answers, to be compared.
export const KEYS = Array.from({ length: 1000 }, (_, index) => ((index * 7919) % 10_000) + 1);
const SALE = 'id bookId region channel quantity price soldOn note';
const BOOK = 'id title price published pages';

export const CASES = ['list', 'aggregate', 'nested', 'keys'];

const nodes = (connection) => connection.nodes;

export const CONTESTANTS = {
  askgraph: {
    list: [`{ bench { sale(limit: 1000, orderBy: [{id: ASC}]) { ${SALE} } } }`, ({ bench }) => bench.sale],
    aggregate: [
      `{ bench { saleAggregate(where: {region: {eq: "R7"}, soldOn: {gte: "2018-01-01"}}) { count sum { quantity price } max { price } } } }`,
      ({ bench }) => {
        const [{ count, sum, max }] = bench.saleAggregate;
        return { count, quantity: sum.quantity, total: sum.price, highest: max.price };
      },
    ],
    nested: [
      `{ bench { author(limit: 100, orderBy: [{id: ASC}]) { id name book(limit: 10, orderBy: [{id: ASC}]) { id title price edition(limit: 10, orderBy: [{id: ASC}]) { id language copies price } } } } }`,
      ({ bench }) => bench.author,
    ],
    keys: [`{ chosen { ${BOOK} } }`, ({ chosen }) => chosen],
  },
  floor: {
    list: ['list', (data) => data],
    aggregate: ['aggregate', ([data]) => data],
    nested: ['nested', (data) => data],
    keys: ['keys', (data) => data],
  },
  postgraphile: {
    list: [
      `{ allSales(first: 1000, orderBy: ROW_ID_ASC) { nodes { id: rowId ${SALE.replace('id ', '')} } } }`,
      (data) => nodes(data.allSales),
    ],
    aggregate: [
      `{ allSales(filter: {region: {equalTo: "R7"}, soldOn: {greaterThanOrEqualTo: "2018-01-01"}}) { aggregates { distinctCount { rowId } sum { quantity price } max { price } } } }`,
      ({ allSales: { aggregates } }) => ({
        count: aggregates.distinctCount.rowId,
        quantity: aggregates.sum.quantity,
        total: aggregates.sum.price,
        highest: aggregates.max.price,
      }),
    ],
    nested: [
      `{ allAuthors(first: 100, orderBy: ROW_ID_ASC) { nodes { id: rowId name booksByAuthorId(first: 10, orderBy: ROW_ID_ASC) { nodes { id: rowId title price editionsByBookId(first: 10, orderBy: ROW_ID_ASC) { nodes { id: rowId language copies price } } } } } } }`,
      (data) =>
        nodes(data.allAuthors).map(({ booksByAuthorId, ...author }) => ({
          ...author,
          book: nodes(booksByAuthorId).map(({ editionsByBookId, ...book }) => ({
            ...book,
            edition: nodes(editionsByBookId),
          })),
        })),
    ],
    keys: [
      `{ allBooks(filter: {rowId: {in: [${KEYS.join(', ')}]}}) { nodes { id: rowId ${BOOK.replace('id ', '')} } } }`,
      (data) => inOrder(nodes(data.allBooks)),
    ],
  },
  pothos: {
    list: [`{ sales(take: 1000) { ${SALE} } }`, ({ sales }) => sales],
    aggregate: [
      `{ saleFigures(region: "R7", soldFrom: "2018-01-01") { count quantity total highest } }`,
      ({ saleFigures }) => saleFigures,
    ],
    nested: [
      `{ authors(take: 100) { id name book(take: 10) { id title price edition(take: 10) { id language copies price } } } }`,
      ({ authors }) => authors,
    ],
    keys: [`{ books(ids: [${KEYS.join(', ')}]) { ${BOOK} } }`, ({ books }) => inOrder(books)],
  },
};

function inOrder(books) {
  const byId = new Map(books.map((book) => [book.id, book]));
  return KEYS.map((id) => byId.get(id));
}

/** Numbers and decimals are compared as numbers: contestants differ in whether they are text, and in their zeros. */
export function comparable(value) {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, comparable(item)]),
  );
}
