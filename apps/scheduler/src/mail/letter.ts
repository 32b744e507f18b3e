import { accountBlocked } from './letters/account-blocked.letter.ts';
import { accountErased } from './letters/account-erased.letter.ts';
import { alreadyRegistered } from './letters/already-registered.letter.ts';
import { applicationApproved } from './letters/application-approved.letter.ts';
import { applicationRejected } from './letters/application-rejected.letter.ts';
import { factorChanged } from './letters/factor-changed.letter.ts';
import { listingBlocked } from './letters/listing-blocked.letter.ts';
import { listingExpiring } from './letters/listing-expiring.letter.ts';
import { newDevice } from './letters/new-device.letter.ts';
import { passwordChanged } from './letters/password-changed.letter.ts';
import { resetPassword } from './letters/reset-password.letter.ts';
import { signInCode } from './letters/sign-in-code.letter.ts';
import { verifyEmail } from './letters/verify-email.letter.ts';
import type { DataOf, Mail, Template } from './mail.ts';

/** What a mail says, before it is text or HTML. Nothing in it is escaped. */
export interface Letter {
  /** Never made of what a stranger wrote, nor of a secret: servers log subjects. */
  subject: string;
  paragraphs: string[];
  /** The one next step. */
  action?: { label: string; url: string };
  code?: string;
  facts?: [name: string, value: string][];
  /** What to do when the mail is a surprise. */
  otherwise: string;
}

/** Of one kind of mail; `origin` is the web app's. */
export type LetterOf<T extends Template> = (data: DataOf<T>, origin: string) => Letter;

const letters: { [T in Template]: LetterOf<T> } = {
  verify_email: verifyEmail,
  already_registered: alreadyRegistered,
  sign_in_code: signInCode,
  reset_password: resetPassword,
  password_changed: passwordChanged,
  new_device: newDevice,
  application_approved: applicationApproved,
  application_rejected: applicationRejected,
  listing_blocked: listingBlocked,
  listing_expiring: listingExpiring,
  account_blocked: accountBlocked,
  account_erased: accountErased,
  factor_changed: factorChanged,
};

export function letterOf<T extends Template>({ template, data }: Mail & { template: T }, origin: string): Letter {
  return (letters[template] as LetterOf<T>)(data as DataOf<T>, origin);
}

/**
 * Whoever signs up with another's address chooses the name that our mail to that address greets. Mail programs make links
 * of what looks like one, so such a name is left out: our mail must not carry a stranger's advertisement.
 */
export function greeting(name: string): string {
  return /[@/\\]|\S[.:]\S|www/i.test(name) ? 'Hello,' : `Hello ${name},`;
}
