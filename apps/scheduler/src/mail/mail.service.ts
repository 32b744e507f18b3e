import { Inject, Injectable } from '@nestjs/common';
import type { accountsApi } from '@viewora/contracts/accounts';
import type { PayloadOf } from '@viewora/contracts/service';
import { Seal } from '@viewora/service-kit/seal';
import { letterHtml } from './letter.html.ts';
import { letterText } from './letter.text.ts';
import { greeting, letterOf } from './letter.ts';
import { MailQueue } from './mail.queue.ts';
import { MailSender } from './mail.sender.ts';
import { Mail } from './mail.ts';
import { Unsendable } from './unsendable.ts';

export type MailWanted = PayloadOf<typeof accountsApi.mailWanted>;

/** The web app's address, for links. */
export const WEB_ORIGIN = Symbol('webOrigin');

@Injectable()
export class MailService {
  constructor(
    private readonly queue: MailQueue,
    private readonly sender: MailSender,
    private readonly seal: Seal,
    @Inject(WEB_ORIGIN) private readonly webOrigin: string,
  ) {}

  /** Keeps the wish until it is fulfilled. `id` is the event's: the same wish again changes nothing. */
  async want(id: string, wanted: MailWanted, requestId: string): Promise<void> {
    await this.queue.add(id, { ...wanted, requestId });
  }

  /** @throws Unsendable when it is pointless to try again. */
  async deliver(id: string, wanted: MailWanted, wantedAt: Date): Promise<void> {
    const mail = parse({ ...wanted, data: { ...wanted.data, ...(await this.open(wanted)) } });
    const letter = letterOf(mail, this.webOrigin);
    const hello = greeting(mail.name);
    await this.sender.send({
      id,
      wantedAt,
      to: { name: mail.name, address: mail.to },
      subject: letter.subject,
      text: letterText(hello, letter),
      html: letterHtml(hello, letter),
    });
  }

  private async open({ sealed }: MailWanted): Promise<object> {
    if (sealed === undefined) return {};
    return this.seal.open(sealed).then(
      (data) => data as object,
      () => {
        throw new Unsendable('sealed with another MAIL_SECRET');
      },
    );
  }
}

/** Says which fields are at fault, never what is in them. */
function parse(wanted: unknown): Mail {
  const parsed = Mail.safeParse(wanted);
  if (parsed.success) return parsed.data;
  const fields = new Set(parsed.error.issues.map(({ path }) => path.join('.')));
  throw new Unsendable(`not a mail that can be sent: ${[...fields].join(', ')}`);
}
