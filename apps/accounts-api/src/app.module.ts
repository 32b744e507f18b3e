import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { databaseOptions } from '@viewora/database/data-source';
import { OldMessages } from '@viewora/database/old-messages';
import { Outbox } from '@viewora/database/outbox';
import { Bus } from '@viewora/service-kit/bus';
import { Readiness } from '@viewora/service-kit/health';
import { LOGGER } from '@viewora/service-kit/logger';
import { Seal } from '@viewora/service-kit/seal';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { ApplicationHandlers } from './application/application.handlers.ts';
import { ApplicationRepository } from './application/application.repository.ts';
import { ApplicationService } from './application/application.service.ts';
import { DecisionService } from './application/decision.service.ts';
import { DocumentStorage } from './application/document.storage.ts';
import { AuditHandlers } from './audit/audit.handlers.ts';
import { AuditRepository } from './audit/audit.repository.ts';
import { AuditService } from './audit/audit.service.ts';
import { CleanUpHandlers } from './clean-up/clean-up.handlers.ts';
import { CleanUpRepository } from './clean-up/clean-up.repository.ts';
import { CleanUpService } from './clean-up/clean-up.service.ts';
import { AttemptRepository } from './code/attempt.repository.ts';
import { ChallengeRepository } from './code/challenge.repository.ts';
import { TokenRepository } from './code/token.repository.ts';
import { accountsDatabase } from './database.ts';
import { type AccountsEnv, env } from './env.ts';
import { ErasureHandlers } from './erasure/erasure.handlers.ts';
import { ErasureRepository } from './erasure/erasure.repository.ts';
import { ErasureService } from './erasure/erasure.service.ts';
import { ExportRepository } from './erasure/export.repository.ts';
import { ExportService } from './erasure/export.service.ts';
import { GoogleHandlers } from './google/google.handlers.ts';
import { GoogleIssuer } from './google/google.issuer.ts';
import { GoogleRepository } from './google/google.repository.ts';
import { GoogleService } from './google/google.service.ts';
import { MailRepository } from './mail/mail.repository.ts';
import { MailService } from './mail/mail.service.ts';
import { ModerationHandlers } from './notification/moderation.handlers.ts';
import { ModerationService } from './notification/moderation.service.ts';
import { NotificationHandlers } from './notification/notification.handlers.ts';
import { NotificationRepository } from './notification/notification.repository.ts';
import { NotificationService } from './notification/notification.service.ts';
import { StaleListingHandlers } from './notification/stale-listing.handlers.ts';
import { StaleListingService } from './notification/stale-listing.service.ts';
import { PasskeyHandlers } from './passkey/passkey.handlers.ts';
import { PasskeyRepository } from './passkey/passkey.repository.ts';
import { PasskeyService } from './passkey/passkey.service.ts';
import { RelyingParty } from './passkey/relying-party.ts';
import { PasswordHandlers } from './password/password.handlers.ts';
import { PasswordHasher } from './password/password.hasher.ts';
import { PasswordService } from './password/password.service.ts';
import { ReauthenticationService } from './password/reauthentication.service.ts';
import { Secret } from './secret.ts';
import { AccessTokenSigner } from './session/access-token.signer.ts';
import { KeyHandlers } from './session/key.handlers.ts';
import { KeyRepository } from './session/key.repository.ts';
import { KeyService } from './session/key.service.ts';
import { SessionHandlers } from './session/session.handlers.ts';
import { SessionRepository } from './session/session.repository.ts';
import { SessionService } from './session/session.service.ts';
import { DeviceRepository } from './sign-in/device.repository.ts';
import { SecondFactorService } from './sign-in/second-factor.service.ts';
import { SecurityService } from './sign-in/security.service.ts';
import { SignInHandlers } from './sign-in/sign-in.handlers.ts';
import { SignInService } from './sign-in/sign-in.service.ts';
import { TicketRepository } from './sign-in/ticket.repository.ts';
import { StatisticsHandlers } from './statistics/statistics.handlers.ts';
import { StatisticsRepository } from './statistics/statistics.repository.ts';
import { StatisticsService } from './statistics/statistics.service.ts';
import { RecoveryCodeRepository } from './totp/recovery-code.repository.ts';
import { TotpHandlers } from './totp/totp.handlers.ts';
import { TotpRepository } from './totp/totp.repository.ts';
import { TotpService } from './totp/totp.service.ts';
import { Transactions } from './transactions.ts';
import { UserHandlers } from './user/user.handlers.ts';
import { UserRepository } from './user/user.repository.ts';
import { UserService } from './user/user.service.ts';
import { AdministratorRepository } from './user-admin/administrator.repository.ts';
import { AdministratorService } from './user-admin/administrator.service.ts';
import { UserAdminHandlers } from './user-admin/user-admin.handlers.ts';
import { UserAdminRepository } from './user-admin/user-admin.repository.ts';
import { UserAdminService } from './user-admin/user-admin.service.ts';

@Module({
  imports: [
    TypeOrmModule.forRoot(databaseOptions(accountsDatabase(env.DATABASE_URL, { poolSize: env.DATABASE_POOL_SIZE }))),
  ],
  controllers: [
    UserHandlers,
    CleanUpHandlers,
    PasswordHandlers,
    SignInHandlers,
    SessionHandlers,
    KeyHandlers,
    ApplicationHandlers,
    NotificationHandlers,
    ModerationHandlers,
    StaleListingHandlers,
    AuditHandlers,
    UserAdminHandlers,
    StatisticsHandlers,
    ErasureHandlers,
    GoogleHandlers,
    PasskeyHandlers,
    TotpHandlers,
  ],
  providers: [
    { provide: Secret, useValue: new Secret(env.ACCOUNTS_SECRET) },
    { provide: Seal, useValue: new Seal(env.MAIL_SECRET, 'mail') },
    { provide: DocumentStorage, useValue: new DocumentStorage(env) },
    { provide: PasswordHasher, useValue: new PasswordHasher(env.PASSWORD_HASH_PARALLEL) },
    {
      provide: Outbox,
      inject: [DataSource, Bus, LOGGER],
      useFactory: (dataSource: DataSource, bus: Bus, logger: Logger) => new Outbox(dataSource, bus, logger),
    },
    {
      provide: OldMessages,
      inject: [DataSource, LOGGER],
      useFactory: (dataSource: DataSource, logger: Logger) => new OldMessages(dataSource, logger),
    },
    { provide: RelyingParty, useValue: new RelyingParty(env.WEB_ORIGIN) },
    {
      provide: GoogleIssuer,
      inject: [LOGGER],
      useFactory: (logger: Logger) => new GoogleIssuer(googleSettings(env), logger),
    },
    Transactions,
    UserRepository,
    UserService,
    PasswordService,
    ReauthenticationService,
    SignInService,
    SecondFactorService,
    SecurityService,
    TicketRepository,
    ChallengeRepository,
    GoogleRepository,
    GoogleService,
    PasskeyRepository,
    PasskeyService,
    TotpRepository,
    RecoveryCodeRepository,
    TotpService,
    DeviceRepository,
    SessionRepository,
    SessionService,
    AccessTokenSigner,
    KeyRepository,
    KeyService,
    TokenRepository,
    AttemptRepository,
    MailRepository,
    MailService,
    ApplicationRepository,
    ApplicationService,
    DecisionService,
    NotificationRepository,
    NotificationService,
    ModerationService,
    StaleListingService,
    AuditRepository,
    AuditService,
    AdministratorRepository,
    AdministratorService,
    UserAdminRepository,
    UserAdminService,
    StatisticsRepository,
    StatisticsService,
    ErasureRepository,
    ErasureService,
    ExportRepository,
    ExportService,
    CleanUpRepository,
    CleanUpService,
  ],
})
export class AppModule {
  constructor(readiness: Readiness, dataSource: DataSource) {
    readiness.add('postgres', () => dataSource.query('SELECT 1'));
  }
}

function googleSettings({ GOOGLE_ISSUER, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, WEB_ORIGIN }: AccountsEnv) {
  if (GOOGLE_CLIENT_ID === undefined || GOOGLE_CLIENT_SECRET === undefined) return null;
  return {
    issuer: GOOGLE_ISSUER,
    clientId: GOOGLE_CLIENT_ID,
    clientSecret: GOOGLE_CLIENT_SECRET,
    redirectUrl: `${WEB_ORIGIN}/sign-in/google`,
  };
}
