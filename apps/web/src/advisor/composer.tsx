import { longestQuestion } from '@viewora/contracts/understanding';
import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId } from 'react';
import { plural } from '../format/facts.ts';

interface ComposerProps {
  input: RefObject<HTMLTextAreaElement | null>;
  text: string;
  isAnswering: boolean;
  onChange: (text: string) => void;
  onAsk: (text: string) => void;
  onStop: () => void;
}

/** From so many characters on it is said how many are left. */
const countedFrom = longestQuestion - 100;
const number = new Intl.NumberFormat('en-US');

/** Where a question is written. Enter asks, with Shift it breaks the line. The next one can be written while one is answered. */
export function Composer({ input, text, isAnswering, onChange, onAsk, onStop }: ComposerProps) {
  const id = useId();
  const question = text.trim();
  const isTooLong = question.length > longestQuestion;
  const canAsk = question !== '' && !isTooLong && !isAnswering;

  function onKeyDown(event: KeyboardEvent): void {
    // Enter that picks a word from an input method is none.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (canAsk) onAsk(question);
  }

  return (
    <form
      aria-label="Ask the advisor"
      onSubmit={(event) => {
        event.preventDefault();
        if (canAsk) onAsk(question);
      }}
    >
      <div className="flex items-end gap-2 rounded-card border border-edge bg-surface p-1.5 pl-4 focus-within:border-accent focus-within:outline-1 focus-within:outline-accent">
        <label htmlFor={id} className="sr-only">
          Your question
        </label>
        <textarea
          ref={input}
          id={id}
          rows={1}
          value={text}
          placeholder="Ask about homes, areas or prices"
          aria-invalid={isTooLong}
          aria-describedby={`${id}-count`}
          enterKeyHint="send"
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-40 min-h-11 min-w-0 flex-1 resize-none bg-transparent py-2.5 text-base outline-none placeholder:text-muted"
        />
        {isAnswering ? (
          <button
            type="button"
            aria-label="Stop answering"
            title="Stop answering"
            onClick={onStop}
            className="grid size-11 shrink-0 place-items-center rounded-card border border-edge transition-colors hover:bg-sunken"
          >
            <Square size={16} aria-hidden className="fill-current" />
          </button>
        ) : (
          <button
            type="submit"
            aria-label="Ask"
            title="Ask"
            aria-disabled={!canAsk}
            className="grid size-11 shrink-0 place-items-center rounded-card bg-accent text-on-accent transition-colors hover:bg-accent-strong aria-disabled:bg-sunken aria-disabled:text-muted"
          >
            <ArrowUp size={20} aria-hidden />
          </button>
        )}
      </div>
      <p
        id={`${id}-count`}
        role={isTooLong ? 'alert' : undefined}
        className={`px-1 text-right text-xs ${isTooLong ? 'text-worse' : 'text-muted'}`}
      >
        {question.length >= countedFrom && countText(question.length)}
      </p>
    </form>
  );
}

function countText(length: number): string {
  const left = longestQuestion - length;
  if (left >= 0) return `${number.format(length)} of ${number.format(longestQuestion)} characters`;
  return `${plural(-left, 'character')} too long: shorten it to ask`;
}
