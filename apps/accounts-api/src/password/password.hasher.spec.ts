import { PasswordHasher } from './password.hasher.ts';

describe('PasswordHasher', () => {
  it('turns away who would wait too long, at once, and serves all others, as many at a time as it may', async () => {
    const hasher = new PasswordHasher(1);
    const refused: number[] = [];
    const hashes = await Promise.all(
      Array.from({ length: 22 }, (_, i) =>
        hasher.hash(`password ${i}`).catch((error: { code: string; details: unknown }) => {
          expect(error).toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 2 } });
          refused.push(i);
          return null;
        }),
      ),
    );
    // One runs, sixteen wait.
    expect(refused).toEqual([17, 18, 19, 20, 21]);
    expect(hashes.filter((hash) => hash?.startsWith('$argon2id$v=19$m=19456,t=2,p=1$'))).toHaveLength(17);
  });

  it('takes as long for somebody unknown, and lets nobody in by it', async () => {
    const hasher = new PasswordHasher(1);
    const stored = await hasher.hash('seven green lanterns');
    const took = async (hash: string | null) => {
      const startedAt = performance.now();
      await hasher.verify('another password', hash);
      return performance.now() - startedAt;
    };
    const pairs: [number, number][] = [];
    for (let i = 0; i < 7; i++) pairs.push([await took(stored), await took(null)]);
    const middle = (side: 0 | 1) => pairs.map((pair) => pair[side]).toSorted((a, b) => a - b)[3] ?? Number.NaN;
    expect(middle(1)).toBeGreaterThan(middle(0) / 2);
    expect(await hasher.verify('nobody', null)).toEqual({ isRight: false, isOutdated: false });
  });
});
