import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import { Bus } from '@viewora/service-kit/bus';
import { parseInput } from '@viewora/service-kit/errors';
import type { FastifyReply } from 'fastify';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';
import { previewPage } from './preview.page.ts';

/** What a messenger or a search engine sees of a listing's link; people are sent on to the page itself. */
@Controller()
export class PreviewController {
  constructor(
    private readonly bus: Bus,
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
  ) {}

  @Get('og/homes/:id')
  async home(@Param() params: { id: string }, @Res() reply: FastifyReply): Promise<void> {
    const { id } = parseInput(propertyApi.get.input, params);
    const listing = await this.bus.request(propertyApi.get, { id });
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'public, max-age=60')
      .send(previewPage(listing, `${this.env.WEB_ORIGIN}/homes/${id}`));
  }
}
