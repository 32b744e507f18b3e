import { Currency } from '@viewora/contracts/listing';
import { appEnv, port, readEnv } from '@viewora/service-kit/env';

export const advisorEnv = {
  ...appEnv,
  PORT: port(8085).describe('Health and metrics; the work comes over Redis'),
  DEFAULT_CURRENCY: Currency.default('INR').describe('What prices are in where a question names no currency'),
};

export const env = readEnv('ai-advisor', advisorEnv);
export type AdvisorEnv = typeof env;
