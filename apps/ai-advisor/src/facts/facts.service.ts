import { Injectable } from '@nestjs/common';
import type { AdvisedListing, AnswerDataOf, AreaInsight } from '@viewora/contracts/answer';
import { AppError } from '@viewora/contracts/errors';
import type { ListingDetail, ListingItem } from '@viewora/contracts/listing';
import type { Total } from '@viewora/contracts/property';
import { compareLimits } from '@viewora/contracts/saved-listing';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import { ParseService } from '../parse/parse.service.ts';
import { RetrieveService } from '../retrieve/retrieve.service.ts';
import { comparedPlaces, isAboutNothing, type Question } from '../understand/question.ts';
import { areEnough, type Home, mostAlike, searchesForAlike } from './alike.rule.ts';
import { areaInsightOf } from './area.rule.ts';
import { comparisonOf } from './comparison.rule.ts';
import { MarketClient } from './market.client.ts';
import { priceCheckOf, type Subject } from './price-check.rule.ts';
import { mostSpokenOf } from './turn.ts';
import { ViewsClient } from './views.client.ts';

type Results = AnswerDataOf<'results'>;

/** What an answer shows, and those of its listings that were read whole on the way. */
type Found = Results & { details: readonly ListingDetail[] };

/** As many as the page shows beside an answer. */
const listingCount = 8;
const mostViewedCount = 3;

const nothing: Found = { items: [], total: { value: 0, relation: 'exact' }, details: [] };

/** Looks up what a question asks for. */
@Injectable()
export class FactsService {
  constructor(
    private readonly listings: RetrieveService,
    private readonly markets: MarketClient,
    private readonly views: ViewsClient,
    private readonly questions: ParseService,
  ) {}

  /** @throws AppError `unavailable` where the listings cannot be asked for */
  find(question: Question, signal: AbortSignal): Promise<Found> {
    if (isAboutNothing(question)) return Promise.resolve(nothing);
    switch (question.intent) {
      case 'off_topic':
      case 'process':
        return Promise.resolve(nothing);
      case 'compare':
        return this.compare(question, signal);
      case 'explain_area':
        return this.explainArea(question, signal);
      case 'price_check':
        return this.checkPrice(question, signal);
      case 'find':
        return this.findListings(question, signal);
    }
  }

  /** What the sellers of the first listings say, as far as it was not read before; no more while that cannot be asked for. */
  async details(items: Results['items'], known: Found['details'], signal: AbortSignal): Promise<ListingDetail[]> {
    const spoken = items.slice(0, mostSpokenOf).map(({ id }) => id);
    const isKnown = new Set(known.map(({ id }) => id));
    const unread = spoken.filter((id) => !isKnown.has(id));
    try {
      return [...known, ...(await this.markets.details(unread, signal))];
    } catch (error) {
      if (error instanceof AppError) return [...known];
      throw error;
    }
  }

  private async findListings(question: Question, signal: AbortSignal): Promise<Found> {
    const { picked, beside } = question;
    if (picked.length > 0) return this.listings.find(question, { limit: picked.length, among: picked, signal });
    return this.listings.find(question, { limit: listingCount, without: beside, signal });
  }

  private async compare(question: Question, signal: AbortSignal): Promise<Found> {
    const places = comparedPlaces(question);
    if (places.length > 0) return this.comparePlaces(question, places, signal);
    const found = await this.findListings(question, signal);
    const items = found.items.slice(0, compareLimits.max);
    if (items.length < compareLimits.min) return { ...found, items };
    const views = await this.views.ofListings(
      items.map(({ id }) => id),
      signal,
    );
    return { ...found, items, comparison: comparisonOf(items, views, this.questions.circumstances().now) };
  }

  /** The markets side by side, and of each place as many homes as of the others: what a search has of one place at a time. */
  private async comparePlaces(question: Question, places: readonly string[], signal: AbortSignal): Promise<Found> {
    const each = places.map(async (place) => {
      const { filter } = question;
      const [found, area] = await Promise.all([
        this.findListings({ ...question, filter: { ...filter, place } }, signal),
        this.area(place, filter, signal),
      ]);
      return { ...found, items: found.items.slice(0, Math.floor(listingCount / places.length)), area };
    });
    const found = await Promise.all(each);
    return {
      items: found.flatMap(({ items }) => items),
      total: sumOf(found.map(({ total }) => total)),
      areas: found.flatMap(({ area }) => area ?? []),
      details: found.flatMap(({ details }) => details),
    };
  }

  private async explainArea(question: Question, signal: AbortSignal): Promise<Found> {
    // "The area around Folsom" is a circle to search in, and a place to be told of.
    const place = question.filter.place ?? (await this.questions.firstPlaceIn(question.rest))?.name;
    if (place === undefined) return nothing;
    const [found, area] = await Promise.all([
      this.findListings(question, signal),
      this.area(place, question.filter, signal),
    ]);
    return { ...found, ...(area && { area }) };
  }

  /** Of homes of one type, where only those are asked about. */
  private async area(place: string, { type = [] }: AdvisedFilter, signal: AbortSignal): Promise<AreaInsight | null> {
    const [only] = type.length === 1 ? type : [];
    const [market, mostViewed] = await Promise.all([
      this.markets.find(place, only, signal),
      this.views.mostViewed(place, mostViewedCount, signal),
    ]);
    return market && areaInsightOf(market, mostViewed, this.questions.circumstances().now);
  }

  /** Of a listing, or of what is said of a home; of a place's homes altogether where only the place is. */
  private async checkPrice(question: Question, signal: AbortSignal): Promise<Found> {
    const { filter } = question;
    if (question.picked.length > 0) return this.checkListing(question, signal);
    const isHome = [filter.minBeds, filter.minAreaSqm, filter.maxPriceMinor].some((fact) => fact !== undefined);
    if (isHome && (filter.place !== undefined || filter.near)) return this.checkFacts(question, signal);
    return this.explainArea(question, signal);
  }

  private async checkListing(question: Question, signal: AbortSignal): Promise<Found> {
    const { items, details } = await this.findListings({ ...question, picked: question.picked.slice(0, 1) }, signal);
    const [listing] = items;
    if (!listing) return nothing;
    const { type, beds, areaSqm, currency, location, city } = listing;
    const where = location ? { near: location } : city === null ? {} : { place: city };
    const comparables = await this.alike({ where, type: [type], beds, areaSqm, currency }, listing.id, signal);
    const askedMinor = saidPrice(question) ?? listing.priceMinor;
    return { ...checked({ listingId: listing.id, areaSqm, askedMinor, currency }, [listing, ...comparables]), details };
  }

  private async checkFacts({ filter }: Question, signal: AbortSignal): Promise<Found> {
    const { type, place, near, radiusM } = filter;
    const currency = filter.currency ?? this.questions.circumstances().currency;
    const where = { ...(place !== undefined && { place }), ...(near && { near, radiusM }) };
    const beds = filter.minBeds ?? filter.maxBeds ?? null;
    const areaSqm = filter.minAreaSqm ?? filter.maxAreaSqm ?? null;
    const comparables = await this.alike({ where, ...(type && { type }), beds, areaSqm, currency }, null, signal);
    const askedMinor = filter.maxPriceMinor ?? filter.minPriceMinor ?? null;
    return { ...checked({ listingId: null, areaSqm, askedMinor, currency }, comparables), details: [] };
  }

  /** Homes like one, but for itself, by searches that grow wider until there are enough. */
  private async alike(home: Home, ownId: string | null, signal: AbortSignal): Promise<AdvisedListing[]> {
    let found: ListingItem[] = [];
    for (const filter of searchesForAlike(home)) {
      found = (await this.markets.search(filter, signal)).filter(({ id }) => id !== ownId);
      if (areEnough(found)) break;
    }
    return mostAlike(home, found).map((listing) => ({ ...listing, reasons: [] }));
  }
}

function sumOf(totals: readonly Total[]): Total {
  return {
    value: totals.reduce((sum, { value }) => sum + value, 0),
    relation: totals.every(({ relation }) => relation === 'exact') ? 'exact' : 'at_least',
  };
}

function checked(subject: Subject, items: AdvisedListing[]): Results {
  const priceCheck = priceCheckOf(subject, items);
  return { items, total: { value: items.length, relation: 'exact' }, ...(priceCheck && { priceCheck }) };
}

/** A price that is asked about itself, not one from the search before. */
function saidPrice({ filter, kept }: Question): number | null {
  return kept.includes('maxPriceMinor') ? null : (filter.maxPriceMinor ?? null);
}
