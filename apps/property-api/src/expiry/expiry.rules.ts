export interface ExpiryRules {
  /** After so many days without a word of its owner a listing is archived … */
  staleDays: number;
  /** … and so many days before that its owner is warned. */
  warningDays: number;
}

/** When an owner last had something to do with a listing, and when they were warned of its end. */
export interface ListingLife {
  touchedAt: Date;
  warnedAt: Date | null;
}

const dayMs = 86_400_000;

/** Whether the owner was warned and has said nothing since. */
export function isWarned({ touchedAt, warnedAt }: ListingLife): boolean {
  return warnedAt !== null && warnedAt >= touchedAt;
}

/** When it ends if nobody does anything: never sooner after the warning than the warning says. */
export function endsAt(life: ListingLife, { staleDays, warningDays }: ExpiryRules): Date {
  const stale = life.touchedAt.getTime() + staleDays * dayMs;
  if (!isWarned(life) || life.warnedAt === null) return new Date(stale);
  return new Date(Math.max(stale, life.warnedAt.getTime() + warningDays * dayMs));
}
