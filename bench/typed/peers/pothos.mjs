// Prisma 7 with Pothos, executed by graphql-js on Node's own HTTP server, each document parsed once:
// pothos.mjs <database URL> <port>
import { createServer } from 'node:http';
import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import { PrismaPg } from '@prisma/adapter-pg';
import { execute, parse, validate } from 'graphql';
import { PrismaClient } from './built/client.js';
import { getDatamodel } from './built/pothos-types.js';

const [, , connectionString, port] = process.argv;
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 10 }) });
const builder = new SchemaBuilder({
  plugins: [PrismaPlugin],
  prisma: { client: prisma, dmmf: getDatamodel() },
});
builder.scalarType('Date', { serialize: (value) => value.toISOString().slice(0, 10) });
builder.scalarType('Decimal', { serialize: String });
const plain = (t, type, columns) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, t.expose(column, { type, nullable: true })]),
  );
const list = (t, relation) =>
  t.relation(relation, {
    args: { take: t.arg.int({ required: true }) },
    query: ({ take }) => ({ take, orderBy: { id: 'asc' } }),
  });

builder.prismaObject('edition', {
  name: 'Edition',
  fields: (t) => ({
    ...plain(t, 'Int', { id: 'id', copies: 'copies' }),
    ...plain(t, 'String', { language: 'language' }),
    ...plain(t, 'Decimal', { price: 'price' }),
  }),
});
builder.prismaObject('book', {
  name: 'Book',
  fields: (t) => ({
    ...plain(t, 'Int', { id: 'id', pages: 'pages' }),
    ...plain(t, 'String', { title: 'title' }),
    ...plain(t, 'Decimal', { price: 'price' }),
    ...plain(t, 'Date', { published: 'published' }),
    edition: list(t, 'edition'),
  }),
});
builder.prismaObject('author', {
  name: 'Author',
  fields: (t) => ({
    ...plain(t, 'Int', { id: 'id' }),
    ...plain(t, 'String', { name: 'name' }),
    book: list(t, 'book'),
  }),
});
builder.prismaObject('sale', {
  name: 'Sale',
  fields: (t) => ({
    ...plain(t, 'Int', { id: 'id', bookId: 'book_id', quantity: 'quantity' }),
    ...plain(t, 'String', { region: 'region', channel: 'channel', note: 'note' }),
    ...plain(t, 'Decimal', { price: 'price' }),
    ...plain(t, 'Date', { soldOn: 'sold_on' }),
  }),
});
const figures = builder.objectRef('SaleFigures').implement({
  fields: (t) => ({
    ...plain(t, 'Int', { count: 'count', quantity: 'quantity' }),
    ...plain(t, 'Decimal', { total: 'total', highest: 'highest' }),
  }),
});
builder.queryType({
  fields: (t) => ({
    sales: t.prismaField({
      type: ['sale'],
      args: { take: t.arg.int({ required: true }) },
      resolve: (query, _, { take }) => prisma.sale.findMany({ ...query, take, orderBy: { id: 'asc' } }),
    }),
    authors: t.prismaField({
      type: ['author'],
      args: { take: t.arg.int({ required: true }) },
      resolve: (query, _, { take }) => prisma.author.findMany({ ...query, take, orderBy: { id: 'asc' } }),
    }),
    books: t.prismaField({
      type: ['book'],
      args: { ids: t.arg.intList({ required: true }) },
      resolve: (query, _, { ids }) => prisma.book.findMany({ ...query, where: { id: { in: ids } } }),
    }),
    saleFigures: t.field({
      type: figures,
      args: { region: t.arg.string({ required: true }), soldFrom: t.arg.string({ required: true }) },
      resolve: async (_, { region, soldFrom }) => {
        const { _count, _sum, _max } = await prisma.sale.aggregate({
          where: { region, sold_on: { gte: new Date(soldFrom) } },
          _count: true,
          _sum: { quantity: true, price: true },
          _max: { price: true },
        });
        return { count: _count, quantity: _sum.quantity, total: _sum.price, highest: _max.price };
      },
    }),
  }),
});
const schema = builder.toSchema();
const documents = new Map();

function read(query) {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error !== undefined) throw error;
  documents.set(query, document);
  return document;
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const { query } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const result = await execute({ schema, document: read(query), contextValue: {} });
    const body = Buffer.from(JSON.stringify(result));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
