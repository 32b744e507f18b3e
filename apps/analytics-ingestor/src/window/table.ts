import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { Measure } from '../event/measure.ts';

export type TableName = 'PropertyViewEvents' | 'PropertyInterestEvents';

export const partitionKey = 'property_id';
export const sortKey = 'timestamp';
/** Seconds since 1970 after which DynamoDB may forget the item. */
export const expiryAttribute = 'expires_at';

/** The letter of each figure's attributes, and the table they are in: `m42` is the views, or interests, of minute 42. */
export const columns: Record<Measure, { table: TableName; letter: string }> = {
  views: { table: 'PropertyViewEvents', letter: 'm' },
  impressions: { table: 'PropertyViewEvents', letter: 's' },
  dwellSeconds: { table: 'PropertyViewEvents', letter: 'd' },
  photos: { table: 'PropertyViewEvents', letter: 'p' },
  videos: { table: 'PropertyViewEvents', letter: 'f' },
  shares: { table: 'PropertyViewEvents', letter: 'h' },
  uniques: { table: 'PropertyViewEvents', letter: 'u' },
  interests: { table: 'PropertyInterestEvents', letter: 'm' },
  favourites: { table: 'PropertyInterestEvents', letter: 'l' },
  contacts: { table: 'PropertyInterestEvents', letter: 'c' },
};

export const tableNames: readonly TableName[] = ['PropertyViewEvents', 'PropertyInterestEvents'];

/** Makes the tables that are not there yet, on demand and with an expiry where DynamoDB has one. */
export async function ensureTables(client: DynamoDBClient): Promise<void> {
  await Promise.all(tableNames.map((name) => ensureTable(client, name)));
}

async function ensureTable(client: DynamoDBClient, TableName: TableName): Promise<void> {
  const isNew = await client
    .send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [partitionKey, sortKey].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: partitionKey, KeyType: 'HASH' },
          { AttributeName: sortKey, KeyType: 'RANGE' },
        ],
      }),
    )
    .then(
      () => true,
      (error: unknown) => {
        if (error instanceof ResourceInUseException) return false;
        throw error;
      },
    );
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { TableName });
  if (!isNew) return;
  const TimeToLiveSpecification = { AttributeName: expiryAttribute, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification })).catch((error: Error) => {
    // The embedded DynamoDB has none.
    if (error.name !== 'UnknownOperationException') throw error;
  });
}
