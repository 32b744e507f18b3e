import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { ListingDetail } from '@viewora/contracts/listing';
import { propertyApi } from '@viewora/contracts/property';
import { parseInput } from '@viewora/service-kit/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { ReplyCache } from '../http/reply-cache.ts';
import { previewPage } from './preview.page.ts';

/** What a messenger or a search engine sees of a listing's link; the page itself is the link in it. */
@Controller()
export class PreviewController {
  constructor(
    private readonly replies: ReplyCache,
    private readonly rateLimit: RateLimit,
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
  ) {}

  @Get('og/homes/:id')
  async home(
    @Param() params: { id: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.rateLimit.takeAddress(request.ip, 'read', reply);
    const input = parseInput(propertyApi.get.input, params);
    const { text } = await this.replies.reply({ operation: propertyApi.get, input });
    const listing = JSON.parse(text) as ListingDetail;
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'public, max-age=60')
      .send(previewPage(listing, `${this.env.WEB_ORIGIN}/homes/${input.id}`));
  }
}
