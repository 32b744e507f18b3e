import { AppError } from '@viewora/contracts/errors';
import { newMessageId } from './message-id.ts';
import { writeFrame } from './reply.frame.ts';
import { WaitingCalls } from './waiting.calls.ts';

const id = newMessageId();

describe('a call that waits', () => {
  it('gets the text of its own reply', async () => {
    const calls = new WaitingCalls();
    const reply = calls.wait(id, 60_000);
    const others = writeFrame({ id: newMessageId(), ok: true, text: '"not yours"' });
    calls.receive(others + writeFrame({ id, ok: true, text: '"yours"' }));
    expect(await reply).toBe('"yours"');
  });

  it('fails with the typed error of an error reply', async () => {
    const calls = new WaitingCalls();
    const reply = calls.wait(id, 60_000);
    const error = new AppError('conflict', 'sold', { status: 422 });
    calls.receive(writeFrame({ id, ok: false, text: JSON.stringify(error.toReply()) }));
    await expect(reply).rejects.toEqual(error);
  });

  it('fails as internal where the error reply is of a kind it does not know', async () => {
    const calls = new WaitingCalls();
    const reply = calls.wait(id, 60_000);
    calls.receive(writeFrame({ id, ok: false, text: '{"code":"of a later release"}' }));
    await expect(reply).rejects.toMatchObject({ code: 'internal' });
  });

  it('ends once: what comes later is dropped', async () => {
    const calls = new WaitingCalls();
    const reply = calls.wait(id, 1);
    await expect(reply).rejects.toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 1 } });
    calls.receive(writeFrame({ id, ok: true, text: '"late"' }));
    calls.failAll(() => new AppError('unavailable', 'later still'));
    await expect(reply).rejects.toMatchObject({ message: 'No reply within 1 ms' });
  });
});
