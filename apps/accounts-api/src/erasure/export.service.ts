import { Injectable } from '@nestjs/common';
import type { accountsApi } from '@viewora/contracts/accounts';
import { advisorApi } from '@viewora/contracts/advisor';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import { propertyApi } from '@viewora/contracts/property';
import type { ReplyOf } from '@viewora/contracts/service';
import { Bus } from '@viewora/service-kit/bus';
import { ApplicationRepository } from '../application/application.repository.ts';
import { toApplication } from '../application/application.row.ts';
import { SecurityService } from '../sign-in/security.service.ts';
import { signedIn } from '../signed-in.ts';
import { ExportRepository } from './export.repository.ts';

@Injectable()
export class ExportService {
  constructor(
    private readonly exports: ExportRepository,
    private readonly applications: ApplicationRepository,
    private readonly security: SecurityService,
    private readonly bus: Bus,
  ) {}

  /** @throws AppError `unavailable` where another service does not answer: half of it would not be all that is kept */
  async exportMe(call: Call): Promise<ReplyOf<typeof accountsApi.exportMe>> {
    const person = signedIn(call);
    const { userId } = person;
    const [account, waysToSignIn, sessions, devices, applications, notifications, market, advice] = await Promise.all([
      this.exports.account(userId),
      this.security.overview(person),
      this.exports.sessions(userId),
      this.exports.devices(userId),
      this.applications.findAll(userId),
      this.exports.notifications(userId),
      this.bus.request(propertyApi.personalData, { userId }),
      this.bus.request(advisorApi.personalData, { userId }),
    ]);
    if (!account) throw new AppError('unauthenticated', 'Sign in first');
    return {
      exportedAt: new Date().toISOString(),
      account,
      waysToSignIn,
      sessions,
      devices,
      applications: applications.map((application) => toApplication(application)),
      notifications,
      market,
      advice,
    };
  }
}
