import { Controller } from '@nestjs/common';
import { advisorApi } from '@viewora/contracts/advisor';
import type { Call } from '@viewora/contracts/call';
import type { DescribedFacts } from '@viewora/contracts/listing-text';
import type { ReplyOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import { DescribeService } from './describe.service.ts';

@Controller()
export class DescribeHandlers {
  constructor(private readonly texts: DescribeService) {}

  @Handle(advisorApi.describe)
  describe(facts: DescribedFacts, { signal }: Call): Promise<ReplyOf<typeof advisorApi.describe>> {
    return this.texts.describe(facts, signal);
  }

  @Handle(advisorApi.checkText)
  checkText({ text }: { text: string }): Promise<ReplyOf<typeof advisorApi.checkText>> {
    return this.texts.check(text);
  }
}
