import type { AdvisedListing, AnswerPart } from '@viewora/contracts/answer';
import type { AnswerState } from '@viewora/contracts/conversation';
import type { ListingItem } from '@viewora/contracts/listing';
import type { Page, Route } from 'playwright-core';
import { fakeAccounts, json, nothing, problem, type Replies, visitor } from './fake-accounts.ts';
import { folsom, markets } from './fake-insights.ts';
import { someHomes } from './fake-saved.ts';

export const conversationId = '0192f0c1-2b3c-7d4e-8f5a-0000000000e1';
const runIds = Array.from({ length: 9 }, (_, i) => `0192f0c1-2b3c-7d4e-8f5a-0000000000f${i}`);

const noFilter = { filter: {}, wishes: [], understood: [], leftOut: [], kept: [] };
const done: AnswerPart = { event: 'done', data: { degraded: true, model: 'rules', tokens: 0 } };

function advised(homes: readonly ListingItem[]): AdvisedListing[] {
  const reasons = [
    ['9% below what similar homes ask', '4 bedrooms', 'listed this week'],
    ['the largest of them', 'built in 2004'],
    ['much looked at in 7 days'],
    [],
  ];
  return homes.map((home, i) => ({ ...home, reasons: reasons[i % reasons.length] ?? [] }));
}

/** Homes for a question with a wish that no filter has, and a part that is left out. */
export function foundHomes(homes: readonly ListingItem[]): AnswerPart[] {
  const items = advised(homes);
  const [first] = items;
  return [
    {
      event: 'filter',
      data: {
        intent: 'find',
        filter: { place: 'Sacramento', type: ['house'], minBeds: 3, maxPriceMinor: 90_000_000, currency: 'USD' },
        wishes: ['big garage'],
        understood: [{ start: 0, end: 5, label: '3+ beds', fields: ['minBeds'] }],
        leftOut: [
          {
            start: 40,
            end: 50,
            text: 'safe area',
            reason: 'steering',
            explanation: 'What kind of people live somewhere is nothing that homes are chosen by here.',
          },
        ],
        kept: [],
      },
    },
    { event: 'results', data: { items, total: { value: 84, relation: 'exact' } } },
    { event: 'citation', data: { number: 1, kind: 'listing', id: first?.id ?? '', title: first?.title ?? '' } },
    { event: 'citation', data: { number: 2, kind: 'market', id: 'sacramento', title: 'Sacramento' } },
    { event: 'delta', data: { text: `Of 84 homes that fit, ${first?.title} stands out: it asks 9% less ` } },
    { event: 'delta', data: { text: 'than similar homes nearby [1]. ' } },
    { event: 'delta', data: { text: 'In Sacramento, half of all homes ask between $157K and $293K [2].' } },
  ];
}

export function comparedHomes(homes: readonly ListingItem[]): AnswerPart[] {
  const items = advised(homes.slice(0, 2));
  const row = (fact: 'priceMinor' | 'areaSqm' | 'beds' | 'yearBuilt', best: number[]) => ({
    fact,
    values: items.map((item) => item[fact]),
    best,
  });
  return [
    { event: 'filter', data: { ...noFilter, intent: 'compare' } },
    {
      event: 'results',
      data: {
        items,
        total: { value: items.length, relation: 'exact' },
        comparison: {
          ids: items.map(({ id }) => id),
          rows: [
            row('priceMinor', [1]),
            row('areaSqm', [0]),
            row('beds', []),
            row('yearBuilt', [0]),
            { fact: 'daysOnMarket', values: [12, 31], best: [0] },
            { fact: 'views7d', values: [null, 18], best: [] },
          ],
        },
      },
    },
    { event: 'delta', data: { text: 'The second costs less; the first is larger and newer.' } },
  ];
}

export function comparedPlaces(homes: readonly ListingItem[]): AnswerPart[] {
  const items = advised(homes.slice(0, 4));
  const area = {
    key: 'folsom',
    label: 'Folsom',
    currency: 'USD',
    now: folsom.now,
    trend: { changePercent: 4.2, from: '2025-11-01', to: '2026-11-01' },
    mostViewed: [],
  };
  const { priceMinor, pricePerSqmMinor } = folsom.now;
  const now = {
    ...folsom.now,
    listings: 214,
    priceMinor: { ...priceMinor, value: 24_900_000, lower: 19_100_000, upper: 31_000_000 },
    pricePerSqmMinor: { ...pricePerSqmMinor, value: 158_000 },
  };
  return [
    {
      event: 'filter',
      data: { ...noFilter, intent: 'compare', filter: { place: 'Folsom' }, places: ['Folsom', 'Elk Grove'] },
    },
    {
      event: 'results',
      data: {
        items,
        total: { value: 312, relation: 'exact' },
        areas: [area, { ...area, key: 'elk grove', label: 'Elk Grove', now, trend: null }],
      },
    },
    { event: 'citation', data: { number: 1, kind: 'market', id: 'folsom', title: 'Folsom' } },
    { event: 'citation', data: { number: 2, kind: 'market', id: 'elk grove', title: 'Elk Grove' } },
    { event: 'delta', data: { text: 'Side by side: Folsom [1] and Elk Grove [2].' } },
    { event: 'delta', data: { text: '\n- Folsom [1]: 98 homes on the market, $362,000 in the median.' } },
    { event: 'delta', data: { text: '\n- Elk Grove [2]: 214 homes on the market, $249,000 in the median.' } },
    { event: 'delta', data: { text: '\nElk Grove [2] asks least in the median: $249,000.' } },
  ];
}

export function explainedArea(homes: readonly ListingItem[]): AnswerPart[] {
  const items = advised(homes.slice(0, 3));
  return [
    { event: 'filter', data: { ...noFilter, intent: 'explain_area', filter: { place: 'Folsom' } } },
    {
      event: 'results',
      data: {
        items,
        total: { value: 98, relation: 'exact' },
        area: {
          key: 'folsom',
          label: 'Folsom',
          currency: 'USD',
          now: folsom.now,
          trend: { changePercent: 4.2, from: '2025-11-01', to: '2026-11-01' },
          mostViewed: items.slice(0, 2).map(({ id }) => id),
        },
      },
    },
    { event: 'citation', data: { number: 1, kind: 'market', id: 'folsom', title: 'Folsom' } },
    { event: 'delta', data: { text: 'In Folsom 98 homes are for sale, at $362K in the middle [1].' } },
  ];
}

export function checkedPrice(homes: readonly ListingItem[]): AnswerPart[] {
  const items = advised(homes.slice(0, 5));
  const [home, ...others] = items;
  const askedMinor = home?.priceMinor ?? 0;
  return [
    { event: 'filter', data: { ...noFilter, intent: 'price_check' } },
    {
      event: 'results',
      data: {
        items,
        total: { value: items.length, relation: 'exact' },
        priceCheck: {
          listingId: home?.id ?? null,
          currency: home?.currency ?? 'USD',
          range: {
            lowMinor: Math.round(askedMinor * 0.82),
            middleMinor: Math.round(askedMinor * 0.88),
            highMinor: Math.round(askedMinor * 0.94),
          },
          askedMinor,
          verdict: 'above',
          confidence: 'medium',
          comparables: others.map(({ id }) => id),
        },
      },
    },
    { event: 'citation', data: { number: 1, kind: 'listing', id: home?.id ?? '', title: home?.title ?? '' } },
    { event: 'delta', data: { text: 'It asks more than those most like it [1].' } },
  ];
}

/** How the fake advisor answers a question: its parts, and whether there is an end to them. */
export interface FakeAnswer {
  parts: AnswerPart[];
  /** The answer is still being given: nothing more comes. */
  isRunning?: boolean;
}

export interface FakeAdvisorOptions {
  /** The answers to what is asked, in turn. */
  answers?: readonly FakeAnswer[];
  /** What was asked before. */
  earlier?: readonly { text: string; parts: AnswerPart[]; state?: AnswerState }[];
  /** Conversations in the list. */
  titles?: readonly string[];
  /** Where what is stopped, deleted and asked in the place of is noted. */
  taken?: string[];
  instead?: Replies;
}

/** Answers what is asked of the advisor, as the contracts say. */
export async function fakeAdvisor(page: Page, options: FakeAdvisorOptions = {}): Promise<string[]> {
  const { answers = [], earlier = [], taken = [], instead = {} } = options;
  const asked: string[] = [];
  let titles = [...(options.titles ?? [])];
  const one = `/advisor/conversations/${conversationId}`;
  const item = (title: string, i: number) => ({
    id: i === 0 ? conversationId : `0192f0c1-2b3c-7d4e-8f5a-0000000001e${i}`,
    title,
    createdAt: new Date(Date.now() - (i + 1) * 5_000_000).toISOString(),
    updatedAt: new Date(Date.now() - i * 4_000_000).toISOString(),
    messages: 1,
  });
  const replies: Replies = {
    ...visitor,
    ...markets,
    'GET /advisor/conversations': (route) => json({ items: titles.map(item), nextCursor: null })(route),
    'POST /advisor/conversations': json({ id: conversationId }, 201),
    [`GET ${one}`]: json({
      ...item(titles[0] ?? earlier[0]?.text ?? '', 0),
      messages: earlier.map(({ text, parts, state = 'done' }, i) => ({
        id: runIds[i],
        question: text,
        askedAt: new Date(Date.now() - 4_000_000).toISOString(),
        state,
        parts: [statusOf(i), ...parts, ...(state === 'done' ? [done] : [])],
        feedback: null,
      })),
    }),
    [`PATCH ${one}`]: (route) => {
      titles = [(route.request().postDataJSON() as { title: string }).title, ...titles.slice(1)];
      return json(item(titles[0] ?? '', 0))(route);
    },
    [`DELETE ${one}`]: (route) => {
      taken.push(conversationId);
      titles = titles.slice(1);
      return nothing(route);
    },
    [`POST ${one}/messages`]: (route) => {
      const { text, instead: place } = route.request().postDataJSON() as { text: string; instead?: string };
      if (place !== undefined) taken.push(place);
      const n = asked.push(text) - 1;
      return answer(route, earlier.length + n, answers[Math.min(n, answers.length - 1)]);
    },
    ...Object.fromEntries(
      runIds.flatMap((runId) => [
        // What is still running says nothing more.
        [`GET /advisor/runs/${runId}/events`, () => {}],
        [
          `DELETE /advisor/runs/${runId}`,
          (route: Route) => {
            taken.push(runId);
            return nothing(route);
          },
        ],
        [
          `PUT /advisor/messages/${runId}/feedback`,
          json({ thumb: 'down', reason: null, at: '2026-05-03T10:00:00.000Z' }),
        ],
        [`DELETE /advisor/messages/${runId}/feedback`, nothing],
      ]),
    ),
    ...instead,
  };
  await fakeAccounts(page, replies);
  return asked;
}

function statusOf(n: number): AnswerPart {
  return { event: 'status', data: { runId: runIds[n] ?? '', degraded: true } };
}

function answer(route: Route, n: number, given: FakeAnswer = { parts: [] }): Promise<void> {
  const parts = [statusOf(n), ...given.parts, ...(given.isRunning ? [] : [done])];
  const body = parts.map(
    ({ event, data }, i) => `id: ${runIds[n]}:${i}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
  );
  return route.fulfill({ contentType: 'text/event-stream', body: body.join('') });
}

export const advisorAway = problem({ code: 'unavailable', status: 503 });

/** Homes of the market that is running. */
export function adviceHomes(webUrl: string): Promise<ListingItem[]> {
  return someHomes(webUrl, 6);
}
