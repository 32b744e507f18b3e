import { advisorApi } from '@viewora/contracts/advisor';
import type { AnswerDataOf, AnswerPart } from '@viewora/contracts/answer';
import { apiBase, createHttpClient, createStreamClient } from '@viewora/contracts/http-client';
import { propertyApi } from '@viewora/contracts/property';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import { EventSourceParserStream } from 'eventsource-parser/stream';

/** An answer as a visitor gets it. */
export interface Answer {
  filter: AnswerDataOf<'filter'>;
  results: AnswerDataOf<'results'>;
  prose: string;
  citations: AnswerDataOf<'citation'>[];
  done: AnswerDataOf<'done'>;
}

/** Where somebody asks, and who they are. */
interface Conversation {
  id: string;
  headers: { cookie: string };
}

/** People without a session who ask over the public interface, each one thing. */
export class Visitors {
  private readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Asks in a conversation of its own. @throws where the stream does not end in `done` */
  async ask(text: string): Promise<Answer> {
    return this.askIn(await this.begin(), text);
  }

  /** As above, in one that has begun. `arrived` is told of each part as it comes. */
  async askIn(
    { id, headers }: Conversation,
    text: string,
    arrived: (event: string | undefined) => void = () => undefined,
  ): Promise<Answer> {
    const { begin } = createStreamClient({ origin: this.origin });
    const response = await begin(advisorApi.ask, { id, text }, { headers, signal: AbortSignal.timeout(60_000) });
    if (!response.body) throw new Error('there is no answer');
    const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    const parts: AnswerPart[] = [];
    for await (const { event, data } of events) {
      arrived(event);
      if (event === 'error') throw new Error(`“${text}” ended in an error: ${data}`);
      parts.push({ event, data: JSON.parse(data) } as AnswerPart);
    }
    return toAnswer(text, parts);
  }

  /** All listings that a filter finds, by the search that everybody uses. */
  async idsOf({ sort: _sort, ...filter }: AdvisedFilter): Promise<Set<string>> {
    const call = createHttpClient({ origin: this.origin });
    const ids = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await call(propertyApi.searchArea, { ...filter, limit: 100, ...(cursor && { cursor }) });
      for (const { id } of page.items) ids.add(id);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return ids;
  }

  /** As somebody new: what was asked before is another's. */
  async begin(): Promise<Conversation> {
    const response = await fetch(`${this.origin}${apiBase}/advisor/conversations`, { method: 'POST' });
    if (!response.ok) throw new Error(`no conversation begins: ${response.status}`);
    const cookie = response.headers.getSetCookie().map((each) => each.split(';', 1)[0]);
    return { ...((await response.json()) as { id: string }), headers: { cookie: cookie.join('; ') } };
  }
}

function toAnswer(text: string, parts: readonly AnswerPart[]): Answer {
  const one = <E extends AnswerPart['event']>(event: E): AnswerDataOf<E> => {
    const found = parts.filter((part) => part.event === event);
    if (found.length !== 1 || !found[0]) throw new Error(`“${text}” has ${found.length} parts ${event}`);
    return found[0].data as AnswerDataOf<E>;
  };
  return {
    filter: one('filter'),
    results: one('results'),
    prose: parts.map((part) => (part.event === 'delta' ? part.data.text : '')).join(''),
    citations: parts.flatMap((part) => (part.event === 'citation' ? [part.data] : [])),
    done: one('done'),
  };
}
