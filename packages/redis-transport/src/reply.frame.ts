/** A reply on its way to the caller. */
export interface Reply {
  /** The request's id, a UUID: 36 characters. */
  id: string;
  /** False: `text` is an `ErrorReply`. */
  ok: boolean;
  /** JSON, passed through as it is. */
  text: string;
}

const idLength = 36;

/**
 * One frame: `<id><+ or -><length of text>:<text>`. Frames are simply put after one another, so one `PUBLISH` carries
 * all replies of a tick to one caller and the JSON inside is neither escaped nor parsed on the way.
 */
export function writeFrame(reply: Reply): string {
  return `${reply.id}${reply.ok ? '+' : '-'}${reply.text.length}:${reply.text}`;
}

/** Reads frames back. What is not a whole frame ends the reading: a caller whose reply is missing times out. */
export function* readFrames(message: string): Generator<Reply> {
  let position = 0;
  while (position + idLength < message.length) {
    const colon = message.indexOf(':', position + idLength);
    if (colon === -1) return;
    const length = Number(message.slice(position + idLength + 1, colon));
    const end = colon + 1 + length;
    if (!Number.isInteger(length) || end > message.length) return;
    yield {
      id: message.slice(position, position + idLength),
      ok: message[position + idLength] === '+',
      text: message.slice(colon + 1, end),
    };
    position = end;
  }
}
