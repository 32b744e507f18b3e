import fc from 'fast-check';
import { readFrames, writeFrame } from './reply.frame.ts';

const seed = 20261123;
const reply = fc.record({ id: fc.uuid(), ok: fc.boolean(), text: fc.string({ unit: 'grapheme' }) });

describe('replies in one message', () => {
  it('come out as they went in, whatever their text holds', () => {
    fc.assert(
      fc.property(fc.array(reply), (replies) => {
        expect([...readFrames(replies.map(writeFrame).join(''))]).toEqual(replies);
      }),
      { seed },
    );
  });

  it('cut short yield the whole ones before the cut', () => {
    fc.assert(
      fc.property(fc.array(reply, { minLength: 1 }), fc.nat(), (replies, position) => {
        const message = replies.map(writeFrame).join('');
        const read = [...readFrames(message.slice(0, position % message.length))];
        expect(read.length).toBeLessThan(replies.length);
        expect(read).toEqual(replies.slice(0, read.length));
      }),
      { seed },
    );
  });

  it('that are noise yield nothing made up', () => {
    expect([...readFrames('x'.repeat(100))]).toEqual([]);
    expect([...readFrames(`${'x'.repeat(36)}+ten:text`)]).toEqual([]);
  });
});
