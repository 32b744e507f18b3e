import { askEarly, takeEarlyReply } from './early-replies.ts';

const { jest } = import.meta;

const answer = (status = 200) =>
  jest.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json({ total: 3 }, { status }));

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('what is asked ahead of the app', () => {
  it('is asked once, and read by whoever asked and by the app', async () => {
    const fetched = answer();
    const own = askEarly('/api/v1/places?limit=1');
    const reply = await takeEarlyReply('/api/v1/places?limit=1');
    expect(await own).toEqual({ total: 3 });
    expect(await reply?.json()).toEqual({ total: 3 });
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('is given once, and for its own address only', () => {
    answer();
    void askEarly('/api/v1/places?limit=1');
    expect(takeEarlyReply('/api/v1/places?limit=2')).toBeUndefined();
    expect(takeEarlyReply('/api/v1/places?limit=1')).toBeDefined();
    expect(takeEarlyReply('/api/v1/places?limit=1')).toBeUndefined();
  });

  it('is not given once it may be out of date', () => {
    answer();
    void askEarly('/api/v1/places?limit=1');
    jest.advanceTimersByTime(11_000);
    expect(takeEarlyReply('/api/v1/places?limit=1')).toBeUndefined();
  });

  it('is the app’s to explain where it was refused', async () => {
    answer(404);
    const own = askEarly('/api/v1/properties/1');
    const reply = await takeEarlyReply('/api/v1/properties/1');
    await expect(own).rejects.toThrow('404');
    expect(reply?.status).toBe(404);
  });
});
