import { expect, it } from 'vitest';
import type { GlueSnapshot } from './glue.js';
import { mergeSnapshot } from './merge-snapshot.js';

const committed: GlueSnapshot = {
  DatabaseList: [{ Name: 'shop', Description: 'Curated.' }],
  TableList: [
    {
      Name: 'orders',
      DatabaseName: 'shop',
      Description: 'Curated orders.',
      StorageDescriptor: {
        Location: 's3://old/',
        Columns: [
          { Name: 'order_id', Type: 'int', Comment: 'Curated id.' },
          {
            Name: 'customer_id',
            Type: 'int',
            Comment: 'Curated customer.',
            Parameters: { 'askgraph.references': 'customers.customer_id' },
          },
          { Name: 'amount', Type: 'int', Parameters: { 'askgraph.unit': 'USD' } },
          { Name: 'gone_id', Type: 'int', Parameters: { 'askgraph.references': 'gone.id' } },
        ],
      },
      Parameters: { classification: 'csv', 'askgraph.primaryKey': 'order_id' },
    },
    {
      Name: 'customers',
      StorageDescriptor: { Columns: [{ Name: 'customer_id', Type: 'int' }] },
      Parameters: { 'askgraph.primaryKey': 'customer_id, branch' },
    },
    { Name: 'gone', StorageDescriptor: { Columns: [{ Name: 'id', Type: 'int' }] } },
  ],
};

const fresh: GlueSnapshot = {
  DatabaseList: [{ Name: 'shop' }],
  TableList: [
    { Name: 'brand_new', StorageDescriptor: { Columns: [{ Name: 'a', Type: 'int' }] } },
    { Name: 'customers', StorageDescriptor: { Columns: [{ Name: 'Customer_ID', Type: 'bigint' }] } },
    {
      Name: 'orders',
      DatabaseName: 'shop',
      StorageDescriptor: {
        Location: 's3://new/',
        Columns: [
          { Name: 'amount', Type: 'decimal(10,2)', Parameters: { 'askgraph.unit': 'EUR' } },
          { Name: 'order_id', Type: 'bigint', Comment: 'From Glue.' },
          { Name: 'customer_id', Type: 'bigint' },
          { Name: 'gone_id', Type: 'bigint' },
        ],
      },
      PartitionKeys: [{ Name: 'day', Type: 'date' }],
      Parameters: { classification: 'parquet' },
    },
  ],
};

it('takes shape and types from the source, and keeps what people added to the committed snapshot', () => {
  const warnings: string[] = [];
  const merged = mergeSnapshot(committed, fresh, (message) => warnings.push(message));
  expect(merged).toEqual({
    DatabaseList: [{ Name: 'shop', Description: 'Curated.' }],
    TableList: [
      {
        Name: 'orders',
        DatabaseName: 'shop',
        Description: 'Curated orders.',
        StorageDescriptor: {
          Location: 's3://new/',
          Columns: [
            { Name: 'amount', Type: 'decimal(10,2)', Parameters: { 'askgraph.unit': 'EUR' } },
            { Name: 'order_id', Type: 'bigint', Comment: 'From Glue.' },
            {
              Name: 'customer_id',
              Type: 'bigint',
              Comment: 'Curated customer.',
              Parameters: { 'askgraph.references': 'customers.Customer_ID' },
            },
            { Name: 'gone_id', Type: 'bigint' },
          ],
        },
        PartitionKeys: [{ Name: 'day', Type: 'date' }],
        Parameters: { classification: 'parquet', 'askgraph.primaryKey': 'order_id' },
      },
      {
        Name: 'customers',
        StorageDescriptor: { Columns: [{ Name: 'Customer_ID', Type: 'bigint' }] },
        PartitionKeys: [],
      },
      { Name: 'brand_new', StorageDescriptor: { Columns: [{ Name: 'a', Type: 'int' }] } },
    ],
  });
  expect(warnings.sort()).toEqual([
    'customers: customer_id, branch is not there any more',
    'gone: the table is gone',
    'orders.gone_id: gone.id is not there any more',
  ]);
});

it('is the fresh snapshot where there was none before', () => {
  expect(mergeSnapshot(undefined, fresh, () => {})).toEqual(fresh);
});
