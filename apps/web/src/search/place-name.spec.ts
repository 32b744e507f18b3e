import type { Place } from '@viewora/contracts/property';
import { placeNameOf } from './place-name.ts';

const city = (name: string, lon: number, lat: number, half: number, listings: number): Place => ({
  kind: 'city',
  name,
  label: name,
  location: { lat, lon },
  bbox: [lon - half, lat - half, lon + half, lat + half],
  listings,
});
const sacramento = city('Sacramento', -121.5, 38.6, 0.2, 400);
const folsom = city('Folsom', -121.15, 38.67, 0.04, 17);
const roseville = city('Roseville', -121.29, 38.75, 0.06, 48);
const all = [sacramento, roseville, folsom];

describe('the name of what the map shows', () => {
  it('is the city around its middle', () => {
    const view = { lat: 38.67, lon: -121.15, zoom: 13 };
    expect(placeNameOf(all, view, [-121.2, 38.64, -121.1, 38.7])).toBe('Folsom');
  });

  it('is the largest city, and says that there are others', () => {
    const view = { lat: 38.7, lon: -121.3, zoom: 9 };
    expect(placeNameOf(all, view, [-122, 38, -120, 39])).toBe('Sacramento and around');
  });

  it('is the city even where its middle is out of view', () => {
    const view = { lat: 38.5, lon: -121.6, zoom: 15 };
    expect(placeNameOf(all, view, [-121.61, 38.49, -121.59, 38.51])).toBe('Sacramento');
  });

  it('is nothing in the open sea', () => {
    expect(placeNameOf(all, { lat: 0, lon: 0, zoom: 9 }, [-1, -1, 1, 1])).toBeNull();
  });
});
