import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { type Figures, measures } from '../event/measure.ts';
import { items, placeOf, type Span, startOf } from '../window/span.ts';
import { columns, expiryAttribute, partitionKey, sortKey, tableNames } from '../window/table.ts';

const mostRequests = 8;

/** Writes figures whatever is there: the one place where a figure can become less. */
@Injectable()
export class RepairRepository {
  private readonly limit = pLimit(mostRequests);

  constructor(private readonly client: DynamoDBClient) {}

  async overwrite(span: Span, wrong: readonly { listing: string; at: number; figures: Figures }[]): Promise<void> {
    const writes = wrong.flatMap((one) => tableNames.flatMap((table) => this.updateOf(table, span, one)));
    await Promise.all(writes.map((write) => this.limit(() => this.client.send(write))));
  }

  private updateOf(
    table: (typeof tableNames)[number],
    span: Span,
    { listing, at, figures }: { listing: string; at: number; figures: Figures },
  ): UpdateItemCommand[] {
    const { key, digits } = placeOf(span, at);
    const here = measures.filter((measure) => columns[measure].table === table && figures[measure] !== undefined);
    if (here.length === 0) return [];
    const names = here.map((measure) => `${columns[measure].letter}${digits}`);
    const sets = names.map((name) => `${name} = :${name}`);
    const values = Object.fromEntries(here.map((measure, i) => [`:${names[i]}`, { N: String(figures[measure]) }]));
    const { keptSeconds } = items[span];
    if (keptSeconds !== null) {
      sets.push(`${expiryAttribute} = :expiry`);
      values[':expiry'] = { N: String(startOf(span === 'minute' ? 'hour' : 'day', at) / 1_000 + keptSeconds) };
    }
    const update = new UpdateItemCommand({
      TableName: table,
      Key: { [partitionKey]: { S: listing }, [sortKey]: { S: key } },
      UpdateExpression: `SET ${sets.join(', ')}`,
      ExpressionAttributeValues: values,
    });
    return [update];
  }
}
