import { RequestEnvelope } from './envelope.ts';
import { newMessageId } from './message-id.ts';

it('ids are UUIDs of version 7, none twice, and carry the time', () => {
  const before = Date.now();
  const ids = Array.from({ length: 2_000 }, newMessageId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const timeMs = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(timeMs).toBeGreaterThanOrEqual(before);
    expect(timeMs).toBeLessThanOrEqual(Date.now());
  }
  expect(RequestEnvelope.shape.id.safeParse(ids[0]).success).toBe(true);
});
