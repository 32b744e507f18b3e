/** Where a sentence ends: what ends it, what closes after that, and a space, which must have come. Tokens have no spaces. */
const boundary = /[.!?…]["”’')\]]*(?=\s)|\n/gu;

/** Puts sentences together from pieces of text, the same however it was cut into pieces. */
export class Sentences {
  private waiting = '';

  /** Those that are whole with this piece. */
  push(piece: string): string[] {
    this.waiting += piece;
    const whole: string[] = [];
    let from = 0;
    for (const { index, 0: end } of this.waiting.matchAll(boundary)) {
      whole.push(this.waiting.slice(from, index + end.length));
      from = index + end.length;
    }
    this.waiting = this.waiting.slice(from);
    return trimmed(whole);
  }

  /** What was still waiting, where nothing more comes. */
  end(): string[] {
    const rest = this.waiting;
    this.waiting = '';
    return trimmed([rest]);
  }
}

function trimmed(sentences: readonly string[]): string[] {
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}
