import type { AdminListing, Report } from '@viewora/contracts/moderation';

export interface AdminListingRow {
  id: string;
  title: string;
  type: AdminListing['type'];
  status: AdminListing['status'];
  price_minor: string | null;
  currency: string;
  city: string | null;
  owner_id: string | null;
  blocked_at: Date | null;
  blocked_reason: string | null;
  updated_at: Date;
  open_reports: number;
}

export interface ReportRow extends AdminListingRow {
  report_id: string;
  reason: Report['reason'];
  text: string | null;
  reporter_id: string | null;
  report_status: Report['status'];
  outcome: string | null;
  reported_at: Date;
  decided_at: Date | null;
}

/** The columns of an `AdminListingRow`, of the table `listing`. */
export const adminListingColumns = `listing.id, listing.title, listing.type, listing.status, listing.price_minor, listing.currency,
  listing.city, listing.owner_id, listing.blocked_at, listing.blocked_reason, listing.updated_at,
  (SELECT count(*)::int FROM report AS waiting WHERE waiting.listing_id = listing.id AND waiting.status = 'open') AS open_reports`;

/** The columns of a `ReportRow`, of the tables `report` and `listing`. */
export const reportColumns = `${adminListingColumns}, report.id AS report_id, report.reason, report.text, report.reporter_id,
  report.status AS report_status, report.outcome, report.at AS reported_at, report.decided_at`;

export function toAdminListing(row: AdminListingRow): AdminListing {
  return {
    id: row.id,
    title: row.title,
    type: row.type,
    status: row.status,
    priceMinor: row.price_minor === null ? null : Number(row.price_minor),
    currency: row.currency,
    city: row.city,
    ownerId: row.owner_id,
    isBlocked: row.blocked_at !== null,
    blockedAt: row.blocked_at?.toISOString() ?? null,
    blockedReason: row.blocked_reason,
    openReports: row.open_reports,
    updatedAt: row.updated_at.toISOString(),
  };
}

export function toReport(row: ReportRow): Report {
  return {
    id: row.report_id,
    listing: toAdminListing(row),
    reason: row.reason,
    text: row.text,
    reporterId: row.reporter_id,
    status: row.report_status,
    outcome: row.outcome,
    at: row.reported_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}
