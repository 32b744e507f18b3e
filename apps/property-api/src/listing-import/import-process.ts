import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { environment } from '../env.ts';
import { IMPORT_TIMES, ImportJobRepository, type ImportTimes } from './import-job.repository.ts';

const program = join(import.meta.dirname, '../../dist/import.worker.js');
/** What another replica has taken in, or left behind, is found within this time. */
const pollMs = 2_000;
/** An import hands back what it is at between two merges. */
const stopMs = 8_000;

/**
 * Has imports worked at in a process of their own: parsing fifty megabytes of CSV in this one would keep searches waiting. One at
 * a time for each replica; it ends when nothing is due, and with this process, however that ends.
 */
@Injectable()
export class ImportProcess implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private child: ChildProcess | undefined;
  private isWanted = false;
  private isStopped = false;
  private hasFailed = false;

  constructor(
    private readonly jobs: ImportJobRepository,
    @Inject(IMPORT_TIMES) private readonly times: ImportTimes,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(pollMs);
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.child?.kill('SIGTERM');
    const tooLate = setTimeout(() => this.child?.kill('SIGKILL'), stopMs);
    await this.looking;
    clearTimeout(tooLate);
  }

  /** Looks at once. */
  wake(): void {
    this.isWanted = true;
    if (!this.looking) this.schedule(0);
  }

  private schedule(afterMs: number): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.looking = this.look().finally(() => {
        this.looking = undefined;
        this.schedule(this.isWanted ? 0 : pollMs);
      });
    }, afterMs);
  }

  private async look(): Promise<void> {
    this.isWanted = false;
    try {
      if (await this.jobs.isAnyDue()) await this.run();
      this.hasFailed = false;
    } catch (error) {
      // A database that is away is away for many looks.
      if (!this.hasFailed) this.logger.warn({ err: error }, 'imports wait: they could not be worked at');
      this.hasFailed = true;
    }
  }

  private async run(): Promise<void> {
    if (this.isStopped) return;
    const child = fork(program, { env: environment, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.child = child;
    // Whatever keeps it from saying so, keeps it from its work: another has its lease by now.
    const silence = setTimeout(() => child.kill('SIGKILL'), 2 * this.times.leaseMs);
    child.on('message', () => silence.refresh());
    const [code, signal]: (number | string | null)[] = await once(child, 'exit').finally(() => {
      clearTimeout(silence);
      this.child = undefined;
    });
    if (code !== 0 && !this.isStopped) throw new Error(`the import process ended with ${code ?? signal}`);
  }
}
