import { Controller, Get, Header } from '@nestjs/common';
import { Bus } from '@viewora/service-kit/bus';
import { servedBy } from '../operations.ts';

interface AppStatus {
  status: 'ok' | 'down';
  replicas: number;
  /** Requests that wait or run. */
  backlog: number;
  deadLetters: number;
}

/** Asked more often than this, the answer is the one before. */
const freshMs = 1_000;

@Controller()
export class StatusController {
  private last: { at: number; report: Promise<Record<string, AppStatus>> } | undefined;

  constructor(private readonly bus: Bus) {}

  /** How each app is doing, for people. */
  @Get('status')
  @Header('cache-control', 'no-store')
  async status(): Promise<{ apps: Record<string, AppStatus> }> {
    if (!this.last || Date.now() - this.last.at > freshMs) this.last = { at: Date.now(), report: this.report() };
    return { apps: await this.last.report };
  }

  private async report(): Promise<Record<string, AppStatus>> {
    const services = { 'api-gateway': 'api-gateway', ...servedBy };
    const entries = Object.entries(services).map(
      async ([app, service]) => [app, await this.statusOf(service)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }

  private async statusOf(service: string): Promise<AppStatus> {
    const backlog = await this.bus.backlog(service).catch(() => null);
    if (!backlog) return { status: 'down', replicas: 0, backlog: 0, deadLetters: 0 };
    const { replicas, total, deadLetters } = backlog;
    return { status: replicas > 0 ? 'ok' : 'down', replicas, backlog: total, deadLetters };
  }
}
