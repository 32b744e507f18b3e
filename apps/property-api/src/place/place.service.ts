import { Injectable } from '@nestjs/common';
import type { Place, PlaceQuery } from '@viewora/contracts/property';
import { PlaceRepository } from './place.repository.ts';

@Injectable()
export class PlaceService {
  constructor(private readonly places: PlaceRepository) {}

  async find(query: PlaceQuery): Promise<{ items: Place[] }> {
    return { items: await this.places.find(query) };
  }

  async findNamed(names: string[]): Promise<{ items: Place[] }> {
    return { items: await this.places.findNamed(names) };
  }
}
