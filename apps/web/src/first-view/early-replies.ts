const freshMs = 10_000;
const replies = new Map<string, Promise<Response>>();

/** Asks ahead of the page, which will ask by the same address and takes this reply then. */
export async function askEarly<T>(url: string): Promise<T> {
  const reply = fetch(url, { headers: { accept: 'application/json' } });
  replies.set(url, reply);
  // Whoever comes later than this asks anew.
  setTimeout(() => replies.delete(url), freshMs);
  const own = await reply.then((response) => response.clone());
  if (!own.ok) throw new Error(`${url} was answered with ${own.status}`);
  return (await own.json()) as T;
}

/** The reply to what was asked ahead, once: whoever asks again wants to know anew. */
export function takeEarlyReply(url: string): Promise<Response> | undefined {
  const reply = replies.get(url);
  replies.delete(url);
  return reply;
}
