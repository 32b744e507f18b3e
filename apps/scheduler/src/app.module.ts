import { Module } from '@nestjs/common';
import { Seal } from '@viewora/service-kit/seal';
import { env } from './env.ts';
import { MailHandlers } from './mail/mail.handlers.ts';
import { MailQueue } from './mail/mail.queue.ts';
import { MailSender } from './mail/mail.sender.ts';
import { MailService, WEB_ORIGIN } from './mail/mail.service.ts';
import { MAIL_WORKER_OPTIONS, MailWorker } from './mail/mail.worker.ts';
import { TimetableQueue } from './timetable/timetable.queue.ts';
import { timetable } from './timetable/timetable.ts';
import { TIMETABLE, TIMETABLE_OPTIONS, TimetableWorker } from './timetable/timetable.worker.ts';

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
    { provide: TIMETABLE, useValue: timetable },
    { provide: TIMETABLE_OPTIONS, useValue: env },
    { provide: TimetableQueue, useFactory: () => new TimetableQueue(env) },
    TimetableWorker,
  ],
})
export class AppModule {}
