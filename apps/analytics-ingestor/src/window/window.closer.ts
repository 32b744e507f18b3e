import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { WindowService } from './window.service.ts';

const everyMs = 1_000;
/** How long the others leave a partition to who has begun with it. */
const claimMs = 5_000;

/** Settles windows as they close, for as long as the app runs. */
@Injectable()
export class WindowCloser implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly replicaId = crypto.randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private isStopping = false;

  constructor(
    private readonly windows: WindowService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private schedule(ms: number): void {
    this.timer = setTimeout(() => {
      this.round = this.run().finally(() => this.isStopping || this.schedule(everyMs));
    }, ms);
  }

  private async run(): Promise<void> {
    const failed = (error: unknown) => this.logger.warn({ err: error }, 'windows wait to be settled');
    const due = await this.windows.close().catch(failed);
    await Promise.all((due ?? []).map((one) => this.settle(one).catch(failed)));
  }

  private async settle(due: Awaited<ReturnType<WindowService['close']>>[number]): Promise<void> {
    if (due.minutes.length + due.hours.length + due.days.length === 0) return;
    if (await this.windows.claim(due.partition, this.replicaId, claimMs)) await this.windows.settle(due);
  }
}
