import { RunningMessage } from './running.message.ts';

function running(): RunningMessage {
  return new RunningMessage('1-0', '{}', '{}', 1);
}

describe('the signal of a running message', () => {
  it('is aborted from the start where the work was told to stop before anybody looked', () => {
    const message = running();
    message.stop('cancelled');
    const signal = message.signal(60_000);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toMatchObject({ why: 'cancelled' });
  });

  it('keeps its first reason', () => {
    const message = running();
    const signal = message.signal(undefined);
    message.stop('deadline passed');
    message.stop('replica stops');
    expect(signal.reason).toMatchObject({ why: 'deadline passed' });
  });

  it('aborts once the deadline has passed', async () => {
    const signal = running().signal(5);
    const keepsAlive = setTimeout(() => undefined, 60_000);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    clearTimeout(keepsAlive);
    expect(signal.reason).toMatchObject({ why: 'deadline passed' });
  });

  it('is one and the same however often it is asked for', () => {
    const message = running();
    expect(message.signal(undefined)).toBe(message.signal(undefined));
  });
});
