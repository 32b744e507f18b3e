import { registry } from '@viewora/service-kit/metrics';
import { Counter } from 'prom-client';

const mails = new Counter({
  name: 'viewora_mails_total',
  help: 'Tries to send a mail, by template and outcome',
  labelNames: ['template', 'outcome'],
  registers: [registry],
});

export function countMail(template: string, outcome: 'sent' | 'retried' | 'given_up'): void {
  mails.inc({ template, outcome });
}
