import type { Citation } from './answer-view.ts';

/** A piece of a line. `at` is where in the prose it begins, which stays: prose only grows at its end. */
export type Inline = { at: number } & ({ kind: 'text'; text: string } | { kind: 'citation'; citation: Citation });

export interface ProseBlock {
  at: number;
  kind: 'paragraph' | 'list';
  /** A paragraph has one. */
  lines: { at: number; parts: Inline[] }[];
}

const token = /\[(\d+)\]/g;
/** The beginning of a citation whose end has not come yet. */
const openToken = /\[\d*$/;
const bullet = /^\s*[-•*]\s+/;

/** Prose as it is set: paragraphs and lists, with links where it cites. A number that cites nothing is not shown. */
export function proseBlocks(prose: string, citations: readonly Citation[]): ProseBlock[] {
  const blocks: ProseBlock[] = [];
  for (const { 0: line, index: at } of prose.replace(openToken, '').matchAll(/[^\n]*\S[^\n]*/g)) {
    const [mark = ''] = bullet.exec(line) ?? [];
    const kind = mark === '' ? 'paragraph' : 'list';
    const said = { at, parts: inlineOf(line.slice(mark.length), at + mark.length, citations) };
    const last = blocks.at(-1);
    if (kind === 'list' && last?.kind === 'list') last.lines.push(said);
    else blocks.push({ at, kind, lines: [said] });
  }
  return blocks;
}

function inlineOf(line: string, start: number, citations: readonly Citation[]): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of line.matchAll(token)) {
    const citation = citations.find(({ number }) => number === Number(match[1]));
    const before = line.slice(from, match.index);
    // A link stands close to what it is about.
    parts.push(...sentencesOf(citation ? before.trimEnd() : before, start + from));
    if (citation) parts.push({ at: start + match.index, kind: 'citation', citation });
    from = match.index + match[0].length;
  }
  return [...parts, ...sentencesOf(line.slice(from), start + from)];
}

/** Sentence by sentence: each appears when it comes. */
function sentencesOf(text: string, start: number): Inline[] {
  return [...text.matchAll(/.+?(?:[.!?]\s+(?=\S)|$)/gs)].map((match) => ({
    at: start + match.index,
    kind: 'text',
    text: match[0],
  }));
}

/** As it is heard: the numbers of its sources, and the dashes of its lists, are for the eye. */
export function spokenProse(prose: string): string {
  return prose
    .replace(/\s*\[\d+\]/g, '')
    .replace(/^[-•*]\s+/gm, '')
    .trim();
}

/** What the prose leans on, in the order of its numbers. */
export function sourcesOf(citations: readonly Citation[]): Citation[] {
  return citations.toSorted((a, b) => a.number - b.number);
}
