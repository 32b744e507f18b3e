import type { AnswerPart } from '@viewora/contracts/answer';
import type { Figures } from './figures.ts';

export const tokenPattern = /\{\{\s*([A-Za-z][\w.]*)\s*\}\}/g;

const bullet = '- ';

/** Sentences as parts of an answer: figures for their tokens, and each source cited before it is first spoken of. */
export class Rendering {
  private readonly numbers = new Map<string, number>();
  /** What was said last; a sentence that begins with a dash is an item of a list, on a line of its own. */
  private last: 'nothing' | 'sentence' | 'item' = 'nothing';

  constructor(private readonly figures: Figures) {}

  /** @throws Error where a token stands for nothing: what writes sentences is to look first */
  *say(sentence: string): Generator<AnswerPart> {
    const citations: AnswerPart[] = [];
    const text = sentence.replace(tokenPattern, (_, name: string) => {
      const figure = this.figures.get(name);
      if (!figure) throw new Error('a sentence has a token that stands for nothing');
      const { source } = figure;
      if (!source) return figure.text;
      const known = this.numbers.get(source.id);
      const number = known ?? this.numbers.size + 1;
      this.numbers.set(source.id, number);
      if (known === undefined) citations.push({ event: 'citation', data: { number, ...source } });
      return `${figure.text} [${number}]`;
    });
    yield* citations;
    const kind = sentence.startsWith(bullet) ? 'item' : 'sentence';
    yield { event: 'delta', data: { text: `${this.separatorBefore(kind)}${capitalised(text)}` } };
    this.last = kind;
  }

  private separatorBefore(kind: 'sentence' | 'item'): string {
    if (this.last === 'nothing') return '';
    return kind === 'sentence' && this.last === 'sentence' ? ' ' : '\n';
  }
}

function capitalised(text: string): string {
  const at = text.startsWith(bullet) ? bullet.length : 0;
  return text.slice(0, at) + text.charAt(at).toUpperCase() + text.slice(at + 1);
}
