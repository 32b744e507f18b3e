import { Controller, Get, Injectable, NotFoundException, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { registry } from './metrics.ts';

const freshMs = 1_000;

/** What must answer before this app takes traffic. Apps add their own: `readiness.add('postgres', () => …)`. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, () => Promise<unknown>>();
  private last: { at: number; report: Promise<Record<string, 'ok' | 'down'>> } | undefined;

  add(name: string, check: () => Promise<unknown>): void {
    this.checks.set(name, check);
  }

  /** Asked more often than once a second, the answer is the one before: anybody may ask. */
  report(): Promise<Record<string, 'ok' | 'down'>> {
    if (!this.last || Date.now() - this.last.at > freshMs) this.last = { at: Date.now(), report: this.ask() };
    return this.last.report;
  }

  /** Each check's word: `ok`, or `down` when it failed or took longer than two seconds. */
  private async ask(): Promise<Record<string, 'ok' | 'down'>> {
    const entries = [...this.checks].map(async ([name, check]) => [name, await this.isUp(check)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  private async isUp(check: () => Promise<unknown>): Promise<'ok' | 'down'> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('late')), 2_000);
    });
    return Promise.race([check(), late])
      .then(() => 'ok' as const)
      .catch(() => 'down' as const)
      .finally(() => clearTimeout(timer));
  }
}

@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Alive: touches nothing, so that a dead dependency does not get a living process restarted. */
  @Get('healthz')
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Ready for traffic: every check answers. 503 with the checks where one does not. */
  @Get('readyz')
  async readyz(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: string; checks: Record<string, string> }> {
    const checks = await this.readiness.report();
    const isReady = !Object.values(checks).includes('down');
    reply.code(isReady ? 200 : 503);
    return { status: isReady ? 'ok' : 'down', checks };
  }
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Prometheus text, for this machine and for who holds the token; for anybody else there is nothing here. */
export function metricsController(token: string | undefined) {
  @Controller()
  class MetricsController {
    @Get('metrics')
    async metrics(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const isForwarded = request.headers['x-forwarded-for'] !== undefined;
      const isLocal = !isForwarded && loopback.has(request.socket.remoteAddress ?? '');
      const isEntitled = token !== undefined && request.headers.authorization === `Bearer ${token}`;
      if (!isLocal && !isEntitled) throw new NotFoundException();
      reply.header('content-type', registry.contentType).send(await registry.metrics());
    }
  }
  return MetricsController;
}
