import { advisorApi } from '@viewora/contracts/advisor';
import { AppError } from '@viewora/contracts/errors';
import { type AnswerRoutes, followAnswer } from '../api/answer-stream.ts';
import { call, streams } from '../api/api-client.ts';
import { queryClient } from '../api/query-client.ts';
import { type AnswerState, noAnswerYet, withPart } from './answer-view.ts';
import { changeConversation, changeTurn, conversationQuery, keptConversation, listChanged } from './conversations.ts';
import type { Turn } from './turn.ts';

interface Reading {
  controller: AbortController;
  /** Nobody wants it any more, but its run is not known yet. */
  isUnwanted: boolean;
}

/** The answers that this page reads just now, by their conversations. They go on while another page is looked at. */
const readings = new Map<string, Reading>();

const resume: AnswerRoutes['resume'] = (runId, lastEventId, signal) =>
  streams.readOn(advisorApi.ask, runId, lastEventId, signal);

/** Asks in a conversation, or in a new one, until whose making it can be aborted; gives the one it was asked in as soon as the question stands there. */
export async function ask(
  conversationId: string | null,
  question: string,
  { instead, signal }: { instead?: string | undefined; signal?: AbortSignal } = {},
): Promise<string> {
  const id = conversationId ?? (await startConversation(question, signal));
  const place = keptConversation(id)?.turns.length ?? 0;
  const turn = { place, question, key: crypto.randomUUID(), instead, answer: noAnswerYet, error: null, feedback: null };
  changeConversation(id, (kept) => ({ ...kept, turns: [...kept.turns, turn] }));
  send(id, turn);
  return id;
}

function send(id: string, { place, question, key, instead }: Turn): void {
  const headers = { 'idempotency-key': key };
  const input = { id, text: question, ...(instead !== undefined && { instead }) };
  void read(id, place, (signal) => streams.begin(advisorApi.ask, input, { signal, headers }));
}

async function startConversation(question: string, signal: AbortSignal | undefined): Promise<string> {
  const { id } = await call(advisorApi.createConversation, {}, { ...(signal && { signal }) });
  queryClient.setQueryData(conversationQuery(id).queryKey, { id, title: question, turns: [] });
  return id;
}

/** Reads an answer that runs on the server, from its beginning. */
export function join(conversationId: string, { place, answer: { runId } }: Turn): void {
  if (runId === null || readings.has(conversationId)) return;
  void read(conversationId, place, (signal) => streams.readOn(advisorApi.ask, runId, null, signal));
}

/** Reads a broken answer on. A question that may not have arrived is sent once more; any other is asked anew, in its place. */
export function askAgain(conversationId: string, turn: Turn): void {
  const { place, question, answer, error } = turn;
  const isBroken = answer.state === 'broken';
  const mayBeLost = answer.runId === null && error instanceof AppError && error.code === 'unavailable';
  if (isBroken || mayBeLost) {
    changeTurn(conversationId, place, (now) => ({ ...now, answer: { ...answer, state: 'answering' }, error: null }));
    if (isBroken) join(conversationId, turn);
    else send(conversationId, turn);
    return;
  }
  changeConversation(conversationId, (kept) => ({ ...kept, turns: kept.turns.slice(0, place) }));
  // The server knows nothing of a question that it refused.
  void ask(conversationId, question, { instead: answer.runId ?? turn.instead });
}

/** What was said so far stays. */
export function stop(conversationId: string): void {
  const last = keptConversation(conversationId)?.turns.at(-1);
  if (last?.answer.state !== 'answering') return;
  setState(conversationId, last.place, 'stopped');
  const reading = readings.get(conversationId);
  if (last.answer.runId !== null) stopRun(last.answer.runId, reading);
  else if (reading) reading.isUnwanted = true;
}

function stopRun(runId: string, reading: Reading | undefined): void {
  reading?.controller.abort();
  // Where this does not arrive, the run ends by itself: nobody reads it.
  streams.stop(advisorApi.ask, runId).catch(() => {});
}

async function read(conversationId: string, place: number, begin: AnswerRoutes['begin']): Promise<void> {
  const reading: Reading = { controller: new AbortController(), isUnwanted: false };
  const { signal } = reading.controller;
  readings.set(conversationId, reading);
  try {
    for await (const part of followAnswer({ begin, resume }, signal)) {
      if (reading.isUnwanted && part.event === 'status') return stopRun(part.data.runId, reading);
      changeTurn(conversationId, place, (turn) => ({ ...turn, answer: withPart(turn.answer, part) }));
    }
  } catch (error) {
    if (!signal.aborted) breakOff(conversationId, place, error);
  } finally {
    if (readings.get(conversationId) === reading) readings.delete(conversationId);
    listChanged();
  }
}

function breakOff(conversationId: string, place: number, error: unknown): void {
  const runId = keptConversation(conversationId)?.turns[place]?.answer.runId ?? null;
  const code = error instanceof AppError ? error.code : 'internal';
  if (runId !== null && code === 'not_found') {
    // The run has ended while nobody looked: the server has kept what became of it.
    void queryClient.invalidateQueries({ queryKey: conversationQuery(conversationId).queryKey });
  } else {
    const mayGoOn = runId !== null && code === 'unavailable';
    setState(conversationId, place, mayGoOn ? 'broken' : 'failed', error instanceof Error ? error : null);
  }
}

function setState(conversationId: string, place: number, state: AnswerState, error: Error | null = null): void {
  changeTurn(conversationId, place, (turn) => ({ ...turn, answer: { ...turn.answer, state }, error }));
}
