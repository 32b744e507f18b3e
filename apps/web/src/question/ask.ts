import { advisorApi } from '@viewora/contracts/advisor';
import { longestQuestion, type Understanding } from '@viewora/contracts/understanding';
import { call } from '../api/api-client.ts';

/** What a text means; null where it is too long to be a question. */
export async function ask(text: string, signal: AbortSignal): Promise<Understanding | null> {
  return text.length > longestQuestion ? null : call(advisorApi.parse, { text }, { signal });
}
