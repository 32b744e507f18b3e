import type { AdminUser, AuditAction, UserStatus } from '@viewora/contracts/admin';
import type { Application, DocumentKind } from '@viewora/contracts/application';
import type { ListingStatus } from '@viewora/contracts/listing';
import type { Report, ReportReason } from '@viewora/contracts/moderation';
import type { Role } from '@viewora/contracts/service';

export const roleNames: Record<Role, string> = {
  buyer: 'Buyer',
  seller: 'Seller',
  broker: 'Broker',
  admin: 'Administrator',
};

export const userStatusNames: Record<UserStatus, string> = {
  active: 'Active',
  unconfirmed: 'Unconfirmed',
  blocked: 'Blocked',
};

export const verificationNames: Record<AdminUser['verification'], string> = {
  not_needed: 'Not needed',
  none: 'None yet',
  pending: 'To be looked at',
  approved: 'Approved',
  rejected: 'Rejected',
};

export const listingStatusNames: Record<ListingStatus, string> = {
  draft: 'Draft',
  published: 'Published',
  sold: 'Sold',
  archived: 'Archived',
};

export const applicationStatusNames: Record<Application['status'], string> = {
  draft: 'Not handed in',
  pending: 'Waiting',
  approved: 'Approved',
  rejected: 'Rejected',
};

export const documentKindNames: Record<DocumentKind, string> = {
  ownership_proof: 'Proof of ownership',
  broker_licence: 'Broker’s licence',
  broker_certificate: 'Broker’s certificate',
};

export const reportReasonNames: Record<ReportReason, string> = {
  not_for_sale: 'Not for sale',
  wrong_facts: 'Wrong facts',
  duplicate: 'Listed twice',
  fraud: 'Fraud',
  offensive: 'Offensive',
  other: 'Something else',
};

export const reportStatusNames: Record<Report['status'], string> = {
  open: 'Open',
  upheld: 'Upheld',
  dismissed: 'Dismissed',
};

/** What was done, as it stands between who did it and what it was done to. */
export const actionVerbs: Record<AuditAction, string> = {
  'user.block': 'blocked',
  'user.unblock': 'unblocked',
  'user.change_role': 'changed the role of',
  'application.approve': 'approved the application of',
  'application.reject': 'rejected the application of',
  'document.view': 'looked at the document',
  'listing.block': 'blocked',
  'listing.unblock': 'unblocked',
  'report.dismiss': 'dismissed a report of',
  'report.uphold': 'upheld a report of',
  'job.retry': 'had tried again',
  'job.promote': 'had done sooner',
};

/** The same, to be chosen from a list. */
export const actionNames: Record<AuditAction, string> = {
  'user.block': 'Person blocked',
  'user.unblock': 'Person unblocked',
  'user.change_role': 'Role changed',
  'application.approve': 'Application approved',
  'application.reject': 'Application rejected',
  'document.view': 'Document looked at',
  'listing.block': 'Listing blocked',
  'listing.unblock': 'Listing unblocked',
  'report.dismiss': 'Report dismissed',
  'report.uphold': 'Report upheld',
  'job.retry': 'Job tried again',
  'job.promote': 'Job done sooner',
};

/** Common reasons, to begin from: each is read by whom it is about. */
export const userBlockReasons = [
  'Listings of homes that are not theirs to sell.',
  'Unwanted messages to other people.',
  'The account was taken over by somebody else.',
];
export const listingBlockReasons = [
  'The home is not for sale.',
  'The facts or the price are wrong.',
  'The same home is listed already.',
  'The text or a picture is offensive.',
];
export const rejectReasons = [
  'The document cannot be read. Please send a sharper copy.',
  'The name on the document is not the one on the account.',
  'The document has expired. Please send one that is valid.',
  'The document does not show what it has to.',
];
export const upholdReasons = ['Checked: the report is right.', 'The owner could not show that it is theirs to sell.'];
export const dismissReasons = ['Checked: nothing is wrong.', 'The owner has put it right.', 'The report is a hoax.'];
