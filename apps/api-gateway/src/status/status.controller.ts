import { Controller, Get, Header } from '@nestjs/common';
import { Bus } from '@viewora/service-kit/bus';
import { services } from '../operations.ts';

interface AppStatus {
  status: 'ok' | 'down';
  replicas: number;
  /** Requests that wait or run. */
  backlog: number;
  deadLetters: number;
}

@Controller()
export class StatusController {
  constructor(private readonly bus: Bus) {}

  /** How each app is doing, for people. */
  @Get('status')
  @Header('cache-control', 'no-store')
  async status(): Promise<{ apps: Record<string, AppStatus> }> {
    const entries = services.map(
      async ({ serviceName }) => [`${serviceName}-api`, await this.statusOf(serviceName)] as const,
    );
    return {
      apps: {
        'api-gateway': { status: 'ok', replicas: 1, backlog: 0, deadLetters: 0 },
        ...Object.fromEntries(await Promise.all(entries)),
      },
    };
  }

  private async statusOf(service: string): Promise<AppStatus> {
    const { replicas, total, deadLetters } = await this.bus.backlog(service);
    return { status: replicas > 0 ? 'ok' : 'down', replicas, backlog: total, deadLetters };
  }
}
