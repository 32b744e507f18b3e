import { Module } from '@nestjs/common';
import { Seal } from '@viewora/service-kit/seal';
import { env } from './env.ts';
import { MailHandlers } from './mail/mail.handlers.ts';
import { MailQueue } from './mail/mail.queue.ts';
import { MailSender } from './mail/mail.sender.ts';
import { MailService, WEB_ORIGIN } from './mail/mail.service.ts';
import { MAIL_WORKER_OPTIONS, MailWorker } from './mail/mail.worker.ts';

@Module({
  controllers: [MailHandlers],
  providers: [
    { provide: Seal, useValue: new Seal(env.MAIL_SECRET, 'mail') },
    { provide: WEB_ORIGIN, useValue: env.WEB_ORIGIN },
    { provide: MAIL_WORKER_OPTIONS, useValue: env },
    { provide: MailQueue, useFactory: () => new MailQueue(env) },
    { provide: MailSender, useFactory: () => new MailSender(env) },
    MailService,
    MailWorker,
  ],
})
export class AppModule {}
