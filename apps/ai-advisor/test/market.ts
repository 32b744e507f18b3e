import { sqmPerUnit } from '@viewora/contracts/listing';
import type { Place } from '@viewora/contracts/property';
import { fold } from '@viewora/contracts/text';
import type { AdvisedFilter, Intent } from '@viewora/contracts/understanding';
import { understand } from '../src/understand/understand.ts';

function place(name: string, lat: number, lon: number, kind: Place['kind'] = 'city', label = name): Place {
  return { kind, name, label, location: { lat, lon }, bbox: null, listings: 10 };
}

/** The places of the market that the questions are asked in. */
export const places = new Map(
  [
    place('Folsom', 38.68, -121.18, 'city', 'Folsom, CA'),
    place('Roseville', 38.75, -121.29),
    place('Sacramento', 38.58, -121.49),
    place('West Sacramento', 38.58, -121.53),
    place('Elk Grove', 38.41, -121.37),
    place('Rancho Cordova', 38.59, -121.3),
    place('El Dorado Hills', 38.69, -121.08),
    place('Citrus Heights', 38.71, -121.28),
    place('Lincoln', 38.89, -121.29),
    place('Cool', 38.89, -121.02),
    place('95630', 38.68, -121.17, 'postal_code'),
    place('Kochi', 9.93, 76.27),
    place('Kakkanad', 10.02, 76.35, 'locality'),
  ].map((one) => [fold(one.name), one] as const),
);

export const now = new Date('2026-11-29T12:00:00.000Z');

export function ask(text: string, currency = 'USD') {
  return understand(text, { places, currency, now });
}

/** A question and what it means: the filter as a person would set it by hand, and what else is to be understood. */
export interface Example {
  text: string;
  filter: AdvisedFilter;
  intent?: Intent;
  wishes?: string[];
  /** Why something of it changes nothing. */
  leftOut?: string[];
  /** Where it names several. */
  places?: string[];
  /** Of the market; US dollars where not given. */
  currency?: string;
}

export const sqft = (value: number) => Math.round(value * sqmPerUnit.sqft * 100) / 100;
export const cents = (value: number) => Math.round(value * sqmPerUnit.cent * 100) / 100;
export const acres = (value: number) => Math.round(value * sqmPerUnit.acre * 100) / 100;
export const near = (name: string) => places.get(fold(name))?.location ?? undefined;
