import { registry } from '@viewora/service-kit/metrics';
import { Counter } from 'prom-client';

export const budgetRefusals = new Counter({
  name: 'viewora_budget_refusals_total',
  help: 'Calls of the language model that were not made, by the budget that had too little left: of the payer, or of all',
  labelNames: ['budget'],
  registers: [registry],
});

export const spentMicroUsd = new Counter({
  name: 'viewora_budget_spent_micro_usd_total',
  help: 'What calls of the language model cost by the prices set, in millionths of a dollar',
  registers: [registry],
});
