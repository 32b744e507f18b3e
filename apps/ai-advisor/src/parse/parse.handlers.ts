import { Controller } from '@nestjs/common';
import { advisorApi } from '@viewora/contracts/advisor';
import type { Understanding } from '@viewora/contracts/understanding';
import { Handle } from '@viewora/service-kit/handle';
import { ParseService } from './parse.service.ts';

@Controller()
export class ParseHandlers {
  constructor(private readonly questions: ParseService) {}

  @Handle(advisorApi.parse)
  parse({ text }: { text: string }): Promise<Understanding> {
    return this.questions.parse(text);
  }
}
