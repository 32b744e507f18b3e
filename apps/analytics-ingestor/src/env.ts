import { appEnv, port, readEnv, storageEnv } from '@viewora/service-kit/env';
import { z } from 'zod';

export const analyticsEnv = {
  ...appEnv,
  ...storageEnv,
  PRIVATE_BUCKET: z
    .string()
    .min(1)
    .default('viewora-private')
    .describe('Where the archive of events is, below analytics/; with one of your own, npm start uses it'),
  PORT: port(8084).describe('Health and metrics; the work comes over Redis'),
  DYNAMODB_ENDPOINT: z
    .url()
    .optional()
    .describe('A DynamoDB other than AWS; with one of your own, npm start uses it instead of the embedded one'),
  DYNAMODB_REGION: z.string().min(1).default('ap-south-1').describe('Where the tables are'),
  ANALYTICS_SECRET: z
    .string()
    .min(32)
    .describe('What viewers’ ids are hashed with, by a key for each month; at least 32 random characters, no default'),
};

export const env = readEnv('analytics-ingestor', analyticsEnv);
export type AnalyticsEnv = typeof env;
