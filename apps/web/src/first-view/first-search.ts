import type { Place, PropertyPage } from '@viewora/contracts/property';
import { tileBbox, viewportBbox } from '../map/viewport.ts';
import { headingText } from '../search/heading-text.ts';
import { homeViewOf, peekPx, regionOf, world } from '../search/home-view.ts';
import { placeNameOf } from '../search/place-name.ts';
import { gripLook, handleLook, headingLook, headingRowLook, placeLinksLook, sheetLook } from '../search/sheet-look.ts';
import { readRemembered } from '../ui/remembered.ts';
import { askEarly } from './early-replies.ts';
import { box } from './paint.ts';

interface Places {
  items: Place[];
}

/** The sheet at the foot of the map with how many homes there are, for a search that says nothing. */
export async function firstSearch(shell: HTMLElement): Promise<HTMLElement[]> {
  const places = await askEarly<Places>(placesIn(world));
  if ((readRemembered('sheet') ?? 'peek') !== 'peek') return [];
  const size = { width: shell.clientWidth, height: shell.clientHeight };
  const view = homeViewOf(regionOf(places.items), size, peekPx);
  const bbox = viewportBbox(view, size, peekPx);
  const [page, around] = await Promise.all([
    askEarly<PropertyPage>(
      `/api/v1/properties?${new URLSearchParams({ bbox: `${bbox}`, sort: 'newest', limit: '24', facets: 'true' })}`,
    ),
    askEarly<Places>(placesIn(tileBbox(bbox, view.zoom))),
  ]);
  const said = { total: page.total, placeName: placeNameOf(around.items, view, bbox), hasArea: false };
  const sheet = box(sheetLook, [
    box(handleLook, [box(gripLook)]),
    box(headingRowLook, [box(headingLook, headingText(said)), box(placeLinksLook)]),
  ]);
  sheet.style.height = `${peekPx}px`;
  sheet.style.bottom = '0';
  return [sheet];
}

function placesIn(bbox: readonly number[]): string {
  return `/api/v1/places?${new URLSearchParams({ bbox: `${bbox}`, limit: '50' })}`;
}
