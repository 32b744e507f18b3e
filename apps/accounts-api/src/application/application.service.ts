import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import {
  type Application,
  type ApplicationDocument,
  type DocumentKind,
  documentKindsOf,
  documentLimits,
} from '@viewora/contracts/application';
import type { Call } from '@viewora/contracts/call';
import { AppError, type FieldError } from '@viewora/contracts/errors';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { invalidInput } from '@viewora/service-kit/errors';
import type { Nothing } from '../nothing.ts';
import { signedIn } from '../signed-in.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import { UserService } from '../user/user.service.ts';
import { ApplicationRepository } from './application.repository.ts';
import { type ApplicationState, type DocumentState, toApplication, toDocument } from './application.row.ts';
import { faultOf } from './document.content.ts';
import { DocumentStorage } from './document.storage.ts';

const unprocessable = 422;

interface Applicant {
  id: string;
  role: Application['role'];
}

/** Somebody's own application: from the first document announced until it is handed in. */
@Injectable()
export class ApplicationService {
  constructor(
    private readonly applications: ApplicationRepository,
    private readonly storage: DocumentStorage,
    private readonly users: UserRepository,
    private readonly people: UserService,
    private readonly transactions: Transactions,
  ) {}

  async mine(call: Call): Promise<{ application: Application | null }> {
    const { userId } = signedIn(call);
    const application = await this.applications.findLast(userId);
    if (application?.status !== 'draft') return { application: application && toApplication(application) };
    return { application: toApplication(application, await this.arrivedOf(application)) };
  }

  /** The link is made anew for a repeat, and is the same: it is signed as of when the document was announced. */
  async addDocument(
    input: ParsedInputOf<typeof accountsApi.addDocument>,
    call: Call,
  ): Promise<ReplyOf<typeof accountsApi.addDocument>> {
    const { userId } = signedIn(call);
    const { document, at } = await this.transactions.once(accountsApi.addDocument, input, call, async (tx) => {
      const applicant = await this.applicant(tx, userId);
      refuseKind(applicant.role, input.kind);
      const draft = await this.draftOf(tx, applicant);
      if (draft.documents.length >= documentLimits.documents) {
        throw new AppError('conflict', `An application has at most ${documentLimits.documents} documents`);
      }
      const now = new Date();
      const added = await this.applications.addDocument(tx, draft, input, now);
      return { document: added, at: now.toISOString() };
    });
    return { document: toDocument(document), upload: await this.storage.uploadLink(document, new Date(at)) };
  }

  /** @throws AppError `not_found` for other people's too, `conflict` once it is handed in */
  removeDocument({ id }: { id: string }, call: Call): Promise<Nothing> {
    const { userId } = signedIn(call);
    return this.transactions.once(accountsApi.removeDocument, { id }, call, async (tx) => {
      await this.users.lock(tx, userId);
      const application = await this.applications.findLast(userId, tx);
      const document = application?.documents.find((one) => one.id === id);
      if (!application || !document) throw new AppError('not_found', 'You have no such document');
      if (application.status !== 'draft') throw new AppError('conflict', 'The application has been handed in');
      await this.applications.removeDocument(tx, document);
      return {};
    });
  }

  /**
   * The documents are looked at before the transaction, which must not wait for the store; nobody can replace their bytes
   * afterwards, and which they are is compared inside.
   * @throws AppError `invalid_input` (422) that names each document at fault; it counts as not uploaded from then on
   */
  async submit(input: ParsedInputOf<typeof accountsApi.submitApplication>, call: Call): Promise<Application> {
    const { userId } = signedIn(call);
    const isRepeat = await this.transactions.isDone(accountsApi.submitApplication, input, call);
    const looked = isRepeat ? null : await this.lookAt(userId);
    return this.transactions.once(accountsApi.submitApplication, input, call, async (tx) => {
      const applicant = await this.applicant(tx, userId);
      const draft = await this.applications.findLast(userId, tx);
      if (draft?.status !== 'draft' || !hasSameDocuments(draft, looked)) {
        throw new AppError('conflict', 'The application has changed meanwhile: look at it again');
      }
      await this.users.setVerification(tx, applicant.id, 'pending');
      return toApplication(await this.applications.submit(tx, draft.id, input.message || null));
    });
  }

  private async lookAt(userId: string): Promise<ApplicationState> {
    const draft = await this.applications.findLast(userId);
    if (draft?.status !== 'draft') throw new AppError('conflict', 'There is nothing to hand in');
    const has = new Set(draft.documents.map(({ kind }) => kind));
    const missing = documentKindsOf[draft.role].required.filter((kind) => !has.has(kind));
    if (missing.length > 0) throw unfit([{ path: 'documents', message: `must have: ${missing.join(', ')}` }]);
    const faults = await Promise.all(draft.documents.map((document) => this.inspect(document)));
    if (faults.some((fault) => fault !== null)) throw unfit(faults.filter((fault) => fault !== null));
    return draft;
  }

  /** What is not what it says is not kept: its place is free for what is. */
  private async inspect(document: DocumentState): Promise<FieldError | null> {
    const arrived = await this.storage.findBeginning(document.objectKey);
    const fault = await faultOf(document, arrived);
    if (fault === null) return null;
    if (arrived) await this.storage.remove(document.objectKey);
    return { path: `documents.${document.id}`, message: fault };
  }

  private async arrivedOf({ documents }: ApplicationState): Promise<Set<string>> {
    const sizes = await Promise.all(documents.map(({ objectKey }) => this.storage.findSize(objectKey)));
    return new Set(documents.filter(({ bytes }, i) => sizes[i] === bytes).map(({ id }) => id));
  }

  /** Held until the transaction ends, and what they are now, whatever their access token says. */
  private async applicant(tx: Transaction, userId: string): Promise<Applicant> {
    const user = await this.people.hold(tx, userId);
    const { id, role, verification } = user;
    if (role !== 'seller' && role !== 'broker') throw new AppError('forbidden', 'Only sellers and brokers apply');
    if (verification === 'approved') throw new AppError('conflict', 'You have been approved already');
    return { id, role };
  }

  private async draftOf(tx: Transaction, { id, role }: Applicant): Promise<ApplicationState> {
    const last = await this.applications.findLast(id, tx);
    if (last?.status === 'draft') return last;
    if (last?.status === 'pending') throw new AppError('conflict', 'Your application has been handed in');
    return this.applications.begin(tx, id, role);
  }
}

function refuseKind(role: Application['role'], kind: DocumentKind): void {
  const allowed: readonly ApplicationDocument['kind'][] = documentKindsOf[role].allowed;
  if (!allowed.includes(kind)) throw unfit([{ path: 'kind', message: `must be one of ${allowed.join(', ')}` }]);
}

function unfit(errors: FieldError[]): AppError {
  return invalidInput(errors, unprocessable);
}

function hasSameDocuments(draft: ApplicationState, looked: ApplicationState | null): boolean {
  const idsOf = (application: ApplicationState | null) => application?.documents.map(({ id }) => id).join();
  return draft.id === looked?.id && idsOf(draft) === idsOf(looked);
}
