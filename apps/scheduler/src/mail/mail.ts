import { isProse } from '@viewora/contracts/text';
import { Email, PersonName } from '@viewora/contracts/user';
import { z } from 'zod';

const Secret = z.string().min(1).max(500);
/** A device or a place, as accounts-api words it; never more than a line. */
const Words = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !/\p{Cc}/u.test(text), 'must not contain control characters');

/** Of the web app: a link in a mail leads nowhere else. */
const LocalPath = z
  .string()
  .max(100)
  .regex(/^(\/[\w-]+)+$/);

/** What an administrator wrote: it may have lines. */
const Prose = z.string().trim().min(1).max(1_000).refine(isProse, 'must not contain control characters');
const Applied = z.enum(['seller', 'broker']);

const mailOf = <T extends string, D extends z.ZodRawShape>(template: T, data: D) =>
  z.object({ to: Email, name: PersonName, template: z.literal(template), data: z.object(data) });

/**
 * What can be mailed, and what each kind needs. Stricter than the event, which comes from another service: an address or
 * a name that would break out of its header is refused here, whoever let it pass before.
 */
export const Mail = z.discriminatedUnion('template', [
  mailOf('verify_email', { token: Secret }),
  mailOf('already_registered', {}),
  mailOf('sign_in_code', { code: Secret }),
  mailOf('reset_password', { token: Secret }),
  mailOf('password_changed', { device: Words.optional() }),
  mailOf('new_device', { device: Words, place: Words }),
  mailOf('application_approved', { role: Applied }),
  mailOf('application_rejected', { role: Applied, reason: Prose }),
  mailOf('listing_blocked', { title: Words, reason: Prose.optional() }),
  mailOf('listing_expiring', { listings: Words.max(1_000), day: z.iso.date(), path: LocalPath }),
  mailOf('account_blocked', { reason: Prose }),
  mailOf('account_erased', {}),
  mailOf('factor_changed', { change: Words }),
]);
export type Mail = z.infer<typeof Mail>;
export type Template = Mail['template'];
/** What the template of one kind needs. */
export type DataOf<T extends Template> = Extract<Mail, { template: T }>['data'];
