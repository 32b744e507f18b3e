import { Injectable } from '@nestjs/common';
import { ListingImportService } from '../listing-import/listing-import.service.ts';
import { PersonRepository } from './person.repository.ts';

/** What is kept here about one person, to be handed out or to go. */
@Injectable()
export class PersonService {
  constructor(
    private readonly people: PersonRepository,
    private readonly imports: ListingImportService,
  ) {}

  async personalData(userId: string): Promise<Record<string, unknown>> {
    const [listings, favourites, reports, imports] = await Promise.all([
      this.people.findListings(userId),
      this.people.findFavourites(userId),
      this.people.findReports(userId),
      this.imports.exportOf(userId),
    ]);
    return { listings, favourites, reports, imports };
  }

  /** Once for each event, however often it comes. */
  async erase(userId: string, eventId: string): Promise<void> {
    // Else one under way would go on making listings.
    await this.imports.erase(userId);
    await this.people.erase(userId, eventId);
  }

  /** What commands that were under way have made after the erasure goes too. */
  async eraseLeftovers(): Promise<void> {
    for (const userId of await this.people.findFormer()) {
      await this.imports.erase(userId);
      await this.people.eraseAgain(userId);
    }
  }
}
