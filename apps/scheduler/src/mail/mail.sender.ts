import { isIP } from 'node:net';
import type { Transporter } from 'nodemailer';
import { createTransport } from 'nodemailer';
import type { SchedulerEnv } from '../env.ts';
import { Unsendable } from './unsendable.ts';

export interface Message {
  /** The same for every try of one mail. */
  id: string;
  wantedAt: Date;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

/** Idle sockets are given up long before BullMQ would take the job for lost. */
const timeouts = { dnsTimeout: 5_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** The mail server, over SMTP. */
export class MailSender {
  private readonly transport: Transporter;

  constructor(private readonly env: Pick<SchedulerEnv, 'SMTP_URL' | 'MAIL_FROM'>) {
    this.transport = createTransport({ ...timeouts, ...tlsFor(env.SMTP_URL), url: env.SMTP_URL });
  }

  /**
   * Resolves when the server has taken the mail over.
   * @throws Unsendable when it refused this mail for good, Error for anything that may pass. Neither says more than the
   * server's code: its words may repeat the address, or what is in the mail.
   */
  async send({ id, wantedAt, ...content }: Message): Promise<void> {
    const { address: from } = this.env.MAIL_FROM;
    const message = {
      ...content,
      from: this.env.MAIL_FROM,
      messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
      date: wantedAt,
      // SES replaces the Message-ID; this one it leaves. It also keeps two mails with one subject from being folded.
      headers: { 'X-Entity-Ref-ID': id, 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    };
    await this.transport.sendMail(message).catch(rethrow);
  }

  close(): void {
    this.transport.close();
  }
}

/** Codes and passwords cross no network in the clear; a URL that says `requireTLS=false` has the last word. */
function tlsFor(url: string): { requireTLS: boolean } {
  const { hostname } = new URL(url);
  return { requireTLS: !(hostname === 'localhost' || (isIP(hostname) === 4 && hostname.startsWith('127.'))) };
}

/** What nodemailer says of a failure, https://nodemailer.com/smtp/#error-codes. */
interface SmtpFailure extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
}

/** An envelope or a message refused with 5xx is this mail's own fault. A refused sign-in (EAUTH) is ours, and can be put right. */
const ofThisMail = ['EENVELOPE', 'EMESSAGE'];

function rethrow(failure: SmtpFailure): never {
  const { code = failure.name, command, responseCode } = failure;
  const reason = [code, responseCode, command && `at ${command}`].filter(Boolean).join(' ');
  const isPermanent = responseCode === undefined ? code === 'EENVELOPE' : responseCode >= 500;
  throw isPermanent && ofThisMail.includes(code) ? new Unsendable(reason) : new Error(reason);
}
