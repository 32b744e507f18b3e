import { Inject, Injectable } from '@nestjs/common';
import type { Place } from '@viewora/contracts/property';
import { fold } from '@viewora/contracts/text';
import type { Understanding } from '@viewora/contracts/understanding';
import { GazetteerClient } from '../gazetteer/gazetteer.client.ts';
import { lexemesOf } from '../understand/lexemes.ts';
import { placeNamesIn } from '../understand/places.ts';
import type { Circumstances } from '../understand/reading.ts';
import { tokensOf } from '../understand/tokens.ts';
import { understand } from '../understand/understand.ts';

export const DEFAULT_CURRENCY = Symbol('defaultCurrency');

/** What a question means, by rules alone. */
@Injectable()
export class ParseService {
  constructor(
    private readonly gazetteer: GazetteerClient,
    @Inject(DEFAULT_CURRENCY) private readonly currency: string,
  ) {}

  /** @throws AppError `unavailable` where the places cannot be asked for: a filter without its place would be another question */
  async parse(text: string): Promise<Understanding> {
    const places = await this.gazetteer.find(placeNamesIn(text));
    return understand(text, { places, ...this.circumstances() });
  }

  /** @throws AppError `unavailable` */
  async findPlace(name: string): Promise<Place | null> {
    return (await this.gazetteer.find([fold(name)])).get(fold(name)) ?? null;
  }

  /** The first place that a text names, wherever it stands in it. @throws AppError `unavailable` */
  async firstPlaceIn(text: string): Promise<Place | null> {
    const places = await this.gazetteer.find(placeNamesIn(text));
    const found = lexemesOf(text, tokensOf(text), places).find((lexeme) => lexeme.is === 'place');
    return found?.place ?? null;
  }

  circumstances(): Circumstances {
    return { currency: this.currency, now: new Date() };
  }
}
