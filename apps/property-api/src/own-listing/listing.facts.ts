import { sqmPerUnit } from '@viewora/contracts/listing';
import { type ListingDraft, requiredToPublish } from '@viewora/contracts/own-listing';
import { composeDescription, composeTitle, keysOf, roundDegrees, toTsvector } from '../listing/listing.text.ts';

/** All that an owner can say, said or not. */
export type OwnFacts = Required<ListingDraft>;

/** What a draft says of its own accord. */
export function emptyFacts(type: OwnFacts['type'], currency: string): OwnFacts {
  return {
    title: null,
    description: null,
    type,
    priceMinor: null,
    currency,
    priceNegotiable: false,
    areaValue: null,
    areaUnit: 'sqft',
    beds: null,
    baths: null,
    address: null,
    city: null,
    locality: null,
    postalCode: null,
    location: null,
    yearBuilt: null,
    yearRenovated: null,
    ownershipCount: null,
    sellingReason: null,
    nearbyPlaces: [],
    parkingSpaces: null,
    furnishing: null,
    facing: null,
  };
}

/** The facts with a change applied. Blank text says nothing, as null does. */
export function changed(facts: OwnFacts, edit: Partial<OwnFacts>): OwnFacts {
  const said = Object.entries(edit).filter(([, value]) => value !== undefined);
  return { ...facts, ...Object.fromEntries(said.map(([name, value]) => [name, value === '' ? null : value])) };
}

/** What a listing still has to say before others may see it. */
export function missingFacts(facts: OwnFacts): (typeof requiredToPublish)[number][] {
  return requiredToPublish.filter((name) => facts[name] === null);
}

/** The facts as columns, with what is made of them: texts, areas in square metres, and what searches compare. */
export function columnsOf(facts: OwnFacts): Record<string, unknown> {
  const areaUnit = facts.areaValue === null ? null : facts.areaUnit;
  const title = facts.title ?? composeTitle(facts);
  const description = facts.description ?? composeDescription({ ...facts, areaUnit });
  return {
    own_title: facts.title,
    own_description: facts.description,
    title,
    description,
    type: facts.type,
    price_minor: facts.priceMinor,
    currency: facts.currency,
    price_negotiable: facts.priceNegotiable,
    area_value: facts.areaValue,
    area_unit: areaUnit,
    area_sqm: facts.areaValue === null ? null : Math.round(facts.areaValue * sqmPerUnit[facts.areaUnit] * 100) / 100,
    beds: facts.beds,
    baths: facts.baths,
    address: facts.address,
    city: facts.city,
    locality: facts.locality,
    postal_code: facts.postalCode,
    lat: roundDegrees(facts.location?.lat ?? null),
    lon: roundDegrees(facts.location?.lon ?? null),
    year_built: facts.yearBuilt,
    year_renovated: facts.yearRenovated,
    ownership_count: facts.ownershipCount,
    selling_reason: facts.sellingReason,
    nearby_places: facts.nearbyPlaces,
    parking_spaces: facts.parkingSpaces,
    furnishing: facts.furnishing,
    facing: facts.facing,
    words: toTsvector({ ...facts, title, description }),
    place_keys: keysOf(facts),
  };
}
