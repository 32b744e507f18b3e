import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { propertyApi } from '@viewora/contracts/property';
import { Handle, On } from '@viewora/service-kit/handle';
import { PersonService } from './person.service.ts';

@Controller()
export class PersonHandlers {
  constructor(private readonly people: PersonService) {}

  @Handle(propertyApi.personalData)
  personalData({ userId }: { userId: string }): Promise<Record<string, unknown>> {
    return this.people.personalData(userId);
  }

  @On(accountsApi.userErased)
  userErased({ userId }: { userId: string }, { id }: Call): Promise<void> {
    return this.people.erase(userId, id);
  }
}
