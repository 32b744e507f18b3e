import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AdminApplication } from '@viewora/contracts/application';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { pageOf, positionOf } from '@viewora/database/keyset';
import { AuditRepository } from '../audit/audit.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import { NotificationRepository } from '../notification/notification.repository.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import type { Account } from '../user/user.row.ts';
import { AdministratorService } from '../user-admin/administrator.service.ts';
import { ApplicationRepository } from './application.repository.ts';
import type { ApplicationState } from './application.row.ts';
import { DocumentStorage } from './document.storage.ts';

const link = '/verification';

interface Decidable {
  admin: string;
  application: ApplicationState;
  applicant: Account;
}

/** What administrators do with applications. Each act and its entry in the audit log are one. */
@Injectable()
export class DecisionService {
  constructor(
    private readonly applications: ApplicationRepository,
    private readonly storage: DocumentStorage,
    private readonly administrators: AdministratorService,
    private readonly audits: AuditRepository,
    private readonly notifications: NotificationRepository,
    private readonly mails: MailService,
    private readonly users: UserRepository,
    private readonly transactions: Transactions,
  ) {}

  async list(
    filter: ParsedInputOf<typeof accountsApi.applications>,
  ): Promise<ReplyOf<typeof accountsApi.applications>> {
    const after = positionOf(filter.cursor);
    const [found, pending] = await Promise.all([
      this.applications.listSubmitted(filter, after),
      this.applications.countPending(),
    ]);
    const page = pageOf(found, filter.limit, ({ id, submittedAt }) => ({ id, at: submittedAt ?? '' }));
    return { ...page, pending };
  }

  async get({ id }: { id: string }): Promise<AdminApplication> {
    return there(await this.applications.findSubmitted(id));
  }

  /** The link is signed as of the look that is in the audit log, and a repeat gets that one: no second minute. */
  async viewDocument(
    input: ParsedInputOf<typeof accountsApi.viewDocument>,
    call: Call,
  ): Promise<ReplyOf<typeof accountsApi.viewDocument>> {
    const look = await this.transactions.once(accountsApi.viewDocument, input, call, async (tx) => {
      const admin = await this.administrators.acting(tx, call);
      const application = await this.applications.findInside(tx, input.id);
      const document = application?.documents.find(({ id }) => id === input.documentId);
      if (!application || !document?.isChecked) throw new AppError('not_found', 'There is no such document');
      await this.audits.add(tx, {
        actorId: admin,
        action: 'document.view',
        target: { kind: 'document', id: document.id, label: document.name },
        about: application.userId,
      });
      const { objectKey, name, contentType, bytes } = document;
      return { document: { objectKey, name, contentType, bytes }, at: wholeSecond().toISOString() };
    });
    return this.storage.viewLink(look.document, new Date(look.at));
  }

  approve(input: { id: string }, call: Call): Promise<AdminApplication> {
    return this.transactions.once(accountsApi.approveApplication, input, call, async (tx) => {
      const decidable = await this.decidable(tx, input.id, call);
      const { applicant, application } = decidable;
      await this.decide(tx, decidable, 'approved', null);
      await this.notifications.add(tx, applicant.id, {
        kind: 'application_approved',
        title: 'Your application was approved',
        body: `You can publish listings as a ${application.role} now.`,
        link,
      });
      await this.mails.want(tx, applicant, 'application_approved', () => ({ role: application.role }));
      return there(await this.applications.findSubmitted(input.id, tx));
    });
  }

  reject(input: { id: string; reason: string }, call: Call): Promise<AdminApplication> {
    const { id, reason } = input;
    return this.transactions.once(accountsApi.rejectApplication, input, call, async (tx) => {
      const decidable = await this.decidable(tx, id, call);
      const { applicant, application } = decidable;
      await this.decide(tx, decidable, 'rejected', reason);
      await this.notifications.add(tx, applicant.id, {
        kind: 'application_rejected',
        title: 'Your application was not approved',
        body: reason,
        link,
      });
      await this.mails.want(tx, applicant, 'application_rejected', () => ({ role: application.role, reason }));
      return there(await this.applications.findSubmitted(id, tx));
    });
  }

  /** Of two who decide at once, the second finds it decided. */
  private async decidable(tx: Transaction, id: string, call: Call): Promise<Decidable> {
    const admin = await this.administrators.acting(tx, call);
    const applicantId = (await this.applications.findInside(tx, id))?.userId;
    const applicant = applicantId === undefined ? null : await this.users.lock(tx, applicantId);
    const application = applicant && (await this.applications.findInside(tx, id));
    if (!application || application.status === 'draft') throw nothingThere();
    if (applicant.id === admin) throw new AppError('forbidden', 'Another administrator decides on your application');
    if (application.status !== 'pending') throw new AppError('conflict', `It has been ${application.status} already`);
    return { admin, application, applicant };
  }

  private async decide(
    tx: Transaction,
    { admin, application, applicant }: Decidable,
    status: 'approved' | 'rejected',
    reason: string | null,
  ): Promise<void> {
    await this.applications.decide(tx, application.id, { status, by: admin, reason });
    await this.users.setVerification(tx, applicant.id, status);
    await this.audits.add(tx, {
      actorId: admin,
      action: status === 'approved' ? 'application.approve' : 'application.reject',
      target: { kind: 'application', id: application.id, label: `${applicant.name}, ${application.role}` },
      about: applicant.id,
      reason,
    });
  }
}

function there(application: AdminApplication | null): AdminApplication {
  if (application) return application;
  throw nothingThere();
}

function nothingThere(): AppError {
  return new AppError('not_found', 'There is no such application');
}

/** Signatures know no smaller unit. */
function wholeSecond(): Date {
  return new Date(Math.floor(Date.now() / 1_000) * 1_000);
}
