import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  BatchWriteItemCommand,
  type BatchWriteItemCommandOutput,
  ConditionalCheckFailedException,
  DynamoDBClient,
  paginateQuery,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { KeptEvent } from '../event/event.ts';
import { type Figures, type Measure, measures } from '../event/measure.ts';
import { interestKeptSeconds, items, placeOf, type Span, timeOf } from './span.ts';
import { columns, expiryAttribute, partitionKey, sortKey, type TableName, tableNames } from './table.ts';

/** What a listing has in one span. */
export interface SpanFigures {
  span: Span;
  /** Its first millisecond. */
  at: number;
  figures: Figures;
}

type Item = Record<string, AttributeValue>;

/** Requests that one replica has under way at once. */
const mostRequests = 32;
const mostWrites = 25;
const mostReads = 100;

/**
 * Figures in DynamoDB, written as what they are and never added to: a write that is repeated, by whomever, says the same again.
 */
@Injectable()
export class FigureRepository {
  private readonly limit = pLimit(mostRequests);

  constructor(private readonly client: DynamoDBClient) {}

  /** Writes a span's figures of many listings; what is there already is never made less. Resolves when all are there. */
  async write(span: Span, at: number, byListing: ReadonlyMap<string, Figures>): Promise<void> {
    const writes = [...byListing].flatMap(([listing, figures]) =>
      tableNames.map((table) => () => this.update(table, listing, { span, at, figures })),
    );
    await this.all(writes);
  }

  /** Writes figures whatever is there: the one way in which a figure can become less. */
  async overwrite(span: Span, wrong: readonly { listing: string; at: number; figures: Figures }[]): Promise<void> {
    const writes = wrong.flatMap(({ listing, at, figures }) =>
      tableNames.map((table) => () => this.update(table, listing, { span, at, figures }, { mayLower: true })),
    );
    await this.all(writes);
  }

  /** Keeps each interest by itself. */
  async keepInterests(events: readonly (KeptEvent & { ms: number })[]): Promise<void> {
    const puts = events.map(({ id, p, t, v, at, d, ms }) => ({
      PutRequest: {
        Item: {
          [partitionKey]: { S: p },
          [sortKey]: { S: `E#${new Date(ms).toISOString()}#${id}` },
          type: { S: t === 'l' ? 'favourite' : 'contact' },
          viewer: { S: v },
          at: { S: at },
          ...(d && { data: { S: JSON.stringify(d) } }),
          [expiryAttribute]: { N: String(Math.floor(ms / 1_000) + interestKeptSeconds) },
        },
      },
    }));
    await this.all(chunks(puts, mostWrites).map((some) => () => this.put('PropertyInterestEvents', some)));
  }

  /** The figures that listings have in one item of each table: the spans within the next longer one. */
  async readItems(listings: readonly string[], span: Span, at: number): Promise<Map<string, SpanFigures[]>> {
    const found = new Map<string, SpanFigures[]>();
    const { key } = placeOf(span, at);
    const reads = tableNames.flatMap((table) =>
      chunks(listings, mostReads).map((some) => async () => {
        for (const item of await this.get(table, some, key)) {
          const listing = String(item[partitionKey]?.S);
          found.set(listing, [...(found.get(listing) ?? []), ...figuresOf(table, item)]);
        }
      }),
    );
    await this.all(reads);
    return found;
  }

  /** A listing's items of one length, from the one that holds the first time to the one that holds the last. */
  async readRange(listing: string, span: Span, from: number, to: number): Promise<SpanFigures[]> {
    const pages = tableNames.map(async (TableName) => {
      const found: SpanFigures[] = [];
      const query = {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: `${partitionKey} = :listing AND #sort BETWEEN :from AND :to`,
        ExpressionAttributeNames: { '#sort': sortKey },
        ExpressionAttributeValues: {
          ':listing': { S: listing },
          ':from': { S: placeOf(span, from).key },
          ':to': { S: placeOf(span, to).key },
        },
      };
      for await (const { Items = [] } of paginateQuery({ client: this.client }, query, patience()))
        for (const item of Items) found.push(...figuresOf(TableName, item));
      return found;
    });
    return (await Promise.all(pages)).flat();
  }

  /** All are tried; the first failure is thrown once none is under way any more. */
  private async all(work: readonly (() => Promise<void>)[]): Promise<void> {
    const results = await Promise.allSettled(work.map((one) => this.limit(one)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private async update(
    table: TableName,
    listing: string,
    { span, at, figures }: SpanFigures,
    { mayLower = false } = {},
  ): Promise<void> {
    const { key, digits } = placeOf(span, at);
    const columnsHere = measures.filter(
      (measure) => columns[measure].table === table && figures[measure] !== undefined,
    );
    if (columnsHere.length === 0) return;
    const names = columnsHere.map((measure) => `${columns[measure].letter}${digits}`);
    const sets = names.map((name) => `${name} = :${name}`);
    const conditions = names.map((name) => `(attribute_not_exists(${name}) OR ${name} <= :${name})`);
    const { keptSeconds } = items[span];
    const values: Item = Object.fromEntries(
      columnsHere.map((measure, i) => [`:${names[i]}`, { N: String(figures[measure]) }]),
    );
    if (keptSeconds !== null) {
      sets.push(`${expiryAttribute} = :expiry`);
      values[':expiry'] = { N: String(Math.floor(Date.parse(keyEnd(key)) / 1_000) + keptSeconds) };
    }
    const write = new UpdateItemCommand({
      TableName: table,
      Key: { [partitionKey]: { S: listing }, [sortKey]: { S: key } },
      UpdateExpression: `SET ${sets.join(', ')}`,
      ...(!mayLower && { ConditionExpression: conditions.join(' AND ') }),
      ExpressionAttributeValues: values,
    });
    for (let attempt = 0; ; attempt++) {
      if (attempt > 0) await pause(attempt);
      try {
        await this.client.send(write);
        return;
      } catch (error) {
        // More is there than we knew of, which only a later state of the same window can say.
        if (error instanceof ConditionalCheckFailedException) return;
        // Where much is refused the SDK soon does not try again, and a minute of many listings would hardly ever be written whole.
        if (!isThrottled(error)) throw error;
      }
    }
  }

  /** What is thrown back under pressure goes again, at a slackening pace. */
  private async put(table: TableName, requests: WriteRequest[]): Promise<void> {
    let left: WriteRequest[] | undefined = requests;
    for (let attempt = 0; left?.length; attempt++) {
      if (attempt > 0) await pause(attempt);
      const { UnprocessedItems }: BatchWriteItemCommandOutput = await this.client.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: left } }),
      );
      left = UnprocessedItems?.[table];
    }
  }

  private async get(table: TableName, listings: readonly string[], key: string): Promise<Item[]> {
    const found: Item[] = [];
    let left: Item[] | undefined = listings.map((listing) => ({
      [partitionKey]: { S: listing },
      [sortKey]: { S: key },
    }));
    for (let attempt = 0; left?.length; attempt++) {
      if (attempt > 0) await pause(attempt);
      const { Responses, UnprocessedKeys }: BatchGetItemCommandOutput = await this.client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
      );
      found.push(...(Responses?.[table] ?? []));
      left = UnprocessedKeys?.[table]?.Keys;
    }
    return found;
  }
}

/** A reader waits less long than a writer: whoever asked is told that it cannot be said. */
function patience(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(3_000) };
}

const throttles = new Set(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException']);

function isThrottled(error: unknown): boolean {
  return error instanceof Error && throttles.has(error.name);
}

const mostAttempts = 8;

function pause(attempt: number): Promise<void> {
  if (attempt >= mostAttempts) throw new Error('DynamoDB does not keep up; it is tried again with the next round');
  const ms = Math.min(50 * 2 ** attempt, 2_000) * (0.5 + Math.random() / 2);
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const measureOf = new Map(measures.map((measure) => [columns[measure].table + columns[measure].letter, measure]));

function figuresOf(table: TableName, item: Item): SpanFigures[] {
  const key = String(item[sortKey]?.S);
  const byDigits = new Map<string, Figures>();
  for (const [name, value] of Object.entries(item)) {
    const [, letter = '', digits = ''] = /^([a-z])(\d{2,4})$/.exec(name) ?? [];
    const measure: Measure | undefined = measureOf.get(table + letter);
    if (!measure) continue;
    const figures = byDigits.get(digits) ?? {};
    figures[measure] = Number(value.N);
    byDigits.set(digits, figures);
  }
  return [...byDigits].map(([digits, figures]) => ({ ...timeOf(key, digits), figures }));
}

/** When the time that an item is about begins, as near as its expiry needs. */
function keyEnd(key: string): string {
  const date = key.slice(2);
  return date.includes('T') ? `${date}:00:00Z` : `${date}T00:00:00Z`;
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
