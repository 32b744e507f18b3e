import { AppError } from '@viewora/contracts/errors';
import type { ListingDraft, ListingEdit, OwnListing } from '@viewora/contracts/own-listing';
import { changedParts, type Part, type Problems, partOf, problemsOf, textsOf } from './form-parts.ts';
import type { Beginning, KeptChanges } from './kept-changes.ts';
import { emptyForm, type FormKey, formKeys, formOf, keyOf, type ListingForm } from './listing-form.ts';
import { mergeForms, withParts } from './merge-forms.ts';

/** What the keeper needs of the world. */
export interface KeeperPorts {
  create: (draft: ListingDraft, key: string) => Promise<OwnListing>;
  update: (id: string, version: number, edit: ListingEdit) => Promise<OwnListing>;
  load: (id: string) => Promise<OwnListing>;
  /** Remembers what is not saved, under the listing's id; null for what is not begun. */
  keep: (id: string | null, changes: KeptChanges | null) => void;
  onSaved: (listing: OwnListing) => void;
  newKey: () => string;
}

export interface KeeperState {
  form: ListingForm;
  /** As the server has it; null until a draft is begun. */
  listing: OwnListing | null;
  /** What the server has not been told, or has refused. */
  unsaved: readonly Part[];
  isSaving: boolean;
  /** Why the last try to save failed. */
  error: Error | null;
  /** What the server said of fields that still say what it refused. */
  refused: Problems;
  /** Changed here and elsewhere: no part of it is saved until its writer has chosen. */
  conflicts: readonly Part[];
  theirs: ListingForm | null;
  /** What was changed elsewhere and has been taken over. */
  taken: readonly Part[];
  /** When what was brought back from an earlier visit had been typed. */
  restoredFrom: number | null;
  /** When something was last saved. */
  savedAt: number | null;
}

const pauseMs = 700;
const retryMs = [3_000, 10_000, 30_000];

/**
 * Keeps a listing while it is written: drafts are saved as one types, one save after another; what others can see already is
 * saved only when asked. Whatever is not saved is kept on this device.
 */
export class ListingKeeper {
  private current: KeeperState;
  /** What the server has been told, field by field as it was typed. */
  private known: ListingForm;
  private refusedTexts: Partial<ListingForm> = {};
  private beginning: Beginning | null = null;
  private typedAt: number | null = null;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private isClosed = false;
  private readonly listeners = new Set<() => void>();
  private readonly ports: KeeperPorts;

  constructor(ports: KeeperPorts, start: { listing: OwnListing | null; currency: string; kept: KeptChanges | null }) {
    this.ports = ports;
    const { listing, kept } = start;
    this.known = listing ? formOf(listing) : emptyForm(start.currency);
    const base = { ...this.known, ...kept?.before };
    const merged = mergeForms(base, { ...base, ...kept?.typed }, this.known);
    this.beginning = listing ? null : (kept?.beginning ?? null);
    this.typedAt = kept?.at ?? null;
    this.current = {
      form: merged.form,
      listing,
      unsaved: [],
      isSaving: false,
      error: null,
      refused: {},
      conflicts: merged.conflicts,
      theirs: merged.conflicts.length > 0 ? this.known : null,
      taken: kept ? merged.taken : [],
      restoredFrom: null,
      savedAt: null,
    };
    this.set({});
    if (kept && this.current.unsaved.length > 0) this.set({ restoredFrom: kept.at });
  }

  /** The page is shown: what was brought back is saved as if it were typed now. */
  open(): void {
    this.isClosed = false;
    this.plan();
  }

  readonly state = (): KeeperState => this.current;

  readonly subscribe = (notify: () => void): (() => void) => {
    this.listeners.add(notify);
    return () => this.listeners.delete(notify);
  };

  /** Drafts are nobody else's to see, so that they need not be finished to be saved. */
  savesItself(): boolean {
    const { listing } = this.current;
    return listing === null || listing.status === 'draft';
  }

  change(fields: Partial<ListingForm>): void {
    this.typedAt ??= Date.now();
    const form = { ...this.current.form, ...fields };
    const touched = (Object.keys(fields) as FormKey[]).map(partOf);
    const refused = Object.fromEntries(
      Object.entries(this.current.refused).filter(
        ([key]) => form[key as FormKey] === this.refusedTexts[key as FormKey],
      ),
    );
    // Typing into it once more is an answer as well: one's own.
    const conflicts = this.current.conflicts.filter((part) => !touched.includes(part));
    this.set({ form, refused, conflicts });
    this.plan();
  }

  /** Saves everything that can be saved now; whether nothing is left unsaved. */
  async save(): Promise<boolean> {
    clearTimeout(this.timer);
    // What was typed while a save was on its way goes out with the next.
    for (let tries = 0; tries < 3 && this.sendable().length > 0; tries++) {
      await (this.running ?? this.start());
      if (this.current.error) break;
    }
    if (this.running) await this.running;
    return this.current.unsaved.length === 0;
  }

  /** Of a part that was changed here and elsewhere, which one stands. */
  resolve(part: Part, choice: 'mine' | 'theirs'): void {
    const { form, theirs, conflicts } = this.current;
    const next = choice === 'theirs' && theirs ? withParts(form, theirs, [part]) : form;
    this.set({ form: next, conflicts: conflicts.filter((other) => other !== part) });
    this.plan();
  }

  /** Back to what is saved. */
  discard(): void {
    clearTimeout(this.timer);
    this.refusedTexts = {};
    this.set({ form: this.known, refused: {}, conflicts: [], taken: [], restoredFrom: null, error: null });
  }

  /** A step of its life has changed the listing: published, archived. */
  adopt(listing: OwnListing): void {
    this.told(listing, {});
    this.ports.onSaved(listing);
  }

  dismissNotes(): void {
    this.set({ taken: [], restoredFrom: null });
  }

  /** The page goes away: a draft is saved at once, as far as it can be. */
  close(): void {
    clearTimeout(this.timer);
    this.isClosed = true;
    if (this.savesItself()) void this.save();
  }

  private plan(): void {
    clearTimeout(this.timer);
    if (!this.savesItself() || this.sendable().length === 0) return;
    this.timer = setTimeout(() => void this.save(), pauseMs);
  }

  /** Changed, understood, not refused as it is, and not in dispute. */
  private sendable(): Part[] {
    const { form, unsaved, refused, conflicts } = this.current;
    if (this.current.listing === null && form.type === '') return [];
    return unsaved.filter(
      (part) => 'edit' in part.read(form) && !part.keys.some((key) => key in refused) && !conflicts.includes(part),
    );
  }

  private start(): Promise<void> {
    this.running = this.saveOnce().finally(() => {
      this.running = null;
      this.set({ isSaving: false });
    });
    return this.running;
  }

  private async saveOnce(): Promise<void> {
    const { form, listing } = this.current;
    const sent = this.sendable();
    const typed = textsOf(sent, form);
    this.set({ isSaving: true });
    try {
      if (listing) this.told(await this.ports.update(listing.id, listing.version, editOf(sent, form)), typed);
      else await this.begin(sent, form);
      this.failures = 0;
      this.set({ error: null, savedAt: Date.now() });
      if (this.current.listing) this.ports.onSaved(this.current.listing);
    } catch (error) {
      await this.failed(error instanceof Error ? error : new Error(String(error)), form);
    }
  }

  /** Begins the draft. A beginning whose reply was lost is repeated as it was: it has one effect. */
  private async begin(sent: readonly Part[], form: ListingForm): Promise<void> {
    const draft = { ...editOf(sent, form), type: form.type as ListingDraft['type'] };
    this.beginning ??= { key: this.ports.newKey(), draft, typed: textsOf(sent, form) };
    this.keep();
    const { key, draft: begun, typed } = this.beginning;
    const listing = await this.ports.create(begun, key);
    this.beginning = null;
    this.ports.keep(null, null);
    this.told(listing, typed);
  }

  /** The server has a listing now, and has been told these fields. What nobody has touched here follows it. */
  private told(listing: OwnListing, typed: Partial<ListingForm>): void {
    const told = { ...this.known, ...typed };
    const theirs = formOf(listing);
    const { form } = this.current;
    const untouched = formKeys.filter((key) => form[key] === told[key] && !(key in typed));
    this.known = { ...told, ...Object.fromEntries(untouched.map((key) => [key, theirs[key]])) };
    this.set({ listing, form: { ...form, ...Object.fromEntries(untouched.map((key) => [key, theirs[key]])) } });
  }

  private async failed(error: Error, sent: ListingForm): Promise<void> {
    if (isConflict(error) && error.details.status === 412) return this.merge();
    const refused = refusedBy(error);
    if (Object.keys(refused).length > 0) {
      // A refused beginning has had no effect: the next one says something else.
      this.beginning = null;
      this.refusedTexts = { ...this.refusedTexts, ...textsAt(refused, sent) };
      this.set({ refused: { ...this.current.refused, ...refused }, error: null });
      this.plan();
      return;
    }
    this.set({ error });
    if (isConflict(error) && this.current.listing) return this.lookAgain(this.current.listing.id);
    if (this.savesItself() && !this.isClosed && isPassing(error)) {
      const wait = retryMs[Math.min(this.failures++, retryMs.length - 1)];
      this.timer = setTimeout(() => void this.save(), wait);
    }
  }

  /** Somebody else, or another tab, was faster: what does not overlap is put together, the rest is asked. */
  private async merge(): Promise<void> {
    const { listing, form } = this.current;
    if (!listing) return;
    try {
      const latest = await this.ports.load(listing.id);
      const theirs = formOf(latest);
      const merged = mergeForms(this.known, form, theirs);
      this.known = theirs;
      this.set({ ...merged, listing: latest, theirs, error: null });
      this.plan();
    } catch (error) {
      this.set({ error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  /** Its state does not allow the change any more: sold, say, in another tab. */
  private async lookAgain(id: string): Promise<void> {
    const latest = await this.ports.load(id).catch(() => null);
    if (latest) this.set({ listing: latest });
  }

  private set(change: Partial<KeeperState>): void {
    const next = { ...this.current, ...change };
    this.current = { ...next, unsaved: changedParts(next.form, this.known) };
    if (this.current.unsaved.length === 0) {
      this.typedAt = null;
      this.current = { ...this.current, error: null };
    }
    this.keep();
    for (const notify of this.listeners) notify();
  }

  private keep(): void {
    const { listing, unsaved, form } = this.current;
    const isEmpty = unsaved.length === 0 && this.beginning === null;
    const kept = {
      at: this.typedAt ?? Date.now(),
      typed: textsOf(unsaved, form),
      before: textsOf(unsaved, this.known),
      beginning: this.beginning,
    };
    // Once the page has gone, its writer may have signed out: nothing of theirs is written any more.
    if (isEmpty || !this.isClosed) this.ports.keep(listing?.id ?? null, isEmpty ? null : kept);
  }
}

function editOf(changed: readonly Part[], form: ListingForm): ListingEdit {
  const edits = changed.map((part) => part.read(form)).map((reading) => ('edit' in reading ? reading.edit : {}));
  return Object.assign({}, ...edits);
}

/** By field, what the server refused. */
function refusedBy(error: Error): Problems {
  if (!(error instanceof AppError) || error.code !== 'invalid_input') return {};
  const refused: Problems = {};
  for (const { path, message } of error.details.errors ?? []) {
    const key = keyOf(path);
    if (key) refused[key] ??= message;
  }
  return refused;
}

function textsAt(problems: Problems, form: ListingForm): Partial<ListingForm> {
  return Object.fromEntries((Object.keys(problems) as FormKey[]).map((key) => [key, form[key]]));
}

function isConflict(error: Error): error is AppError {
  return error instanceof AppError && error.code === 'conflict';
}

/** Worth another try without anybody doing anything. */
function isPassing(error: Error): boolean {
  return error instanceof AppError && ['unavailable', 'too_many_requests', 'internal', 'conflict'].includes(error.code);
}

/** What is typed and cannot be saved as it is, and why. */
export function complaintsOf({ form, refused }: Pick<KeeperState, 'form' | 'refused'>): Problems {
  return { ...problemsOf(form), ...refused };
}
