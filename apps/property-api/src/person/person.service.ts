import { Injectable } from '@nestjs/common';
import { PersonRepository } from './person.repository.ts';

/** What is kept here about one person, to be handed out or to go. */
@Injectable()
export class PersonService {
  constructor(private readonly people: PersonRepository) {}

  async personalData(userId: string): Promise<Record<string, unknown>> {
    const [listings, favourites, reports] = await Promise.all([
      this.people.findListings(userId),
      this.people.findFavourites(userId),
      this.people.findReports(userId),
    ]);
    return { listings, favourites, reports };
  }

  /** Once for each event, however often it comes. */
  erase(userId: string, eventId: string): Promise<void> {
    return this.people.erase(userId, eventId);
  }
}
