import { appEnv, port, readEnv } from '@viewora/service-kit/env';
import { z } from 'zod';

/** `Viewora <no-reply@viewora.test>`, or the address alone. */
const Sender = z
  .string()
  .regex(/^[^<>\p{Cc}]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/u, 'must be an address, or a name and <an address>')
  .transform((text) => {
    const [, name = '', address = text] = /^(.*)<(.+)>$/.exec(text) ?? [];
    return { name: name.trim(), address };
  });

export const schedulerEnv = {
  ...appEnv,
  PORT: port(8083).describe('Health and metrics; the work comes over Redis'),
  WEB_ORIGIN: z
    .url()
    .default('http://localhost:5173')
    .transform((url) => new URL(url).origin)
    .describe("The web app's own address, for the links in mails"),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .default('smtp://127.0.0.1:54324')
    .describe('With one of your own, npm start uses it instead of the embedded inbox, and mails leave this machine'),
  MAIL_FROM: Sender.prefault('Viewora <no-reply@viewora.test>').describe('Whom mails are from'),
  MAIL_SECRET: z
    .string()
    .min(32)
    .describe(
      'What accounts-api seals the contents of mails with for the scheduler; at least 32 random characters, no default',
    ),
  MAIL_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(5).describe('Mails a replica sends at once'),
  MAIL_RETRY_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(30_000)
    .describe('Wait before the second of the 8 tries of a mail; each further wait is twice as long'),
  TIMETABLE_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(4)
    .describe('Lines of the timetable a replica works at at once'),
  TIMETABLE_RETRY_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(5_000)
    .describe('Wait before the second of the 8 tries of what the timetable sends; each further wait is twice as long'),
  JOB_LOCK_MS: z.coerce
    .number()
    .int()
    .min(500)
    .default(30_000)
    .describe('How long a replica may be silent before another takes over its jobs'),
};

export const env = readEnv('scheduler', schedulerEnv);
export type SchedulerEnv = typeof env;
