import { Check, EyeOff } from 'lucide-react';
import { type Counting, chooseCounting, useCounting } from '../analytics/counting.ts';
import { Button } from '../ui/button.tsx';

const states: Record<Counting, string> = {
  on: 'Your visits are counted.',
  off: 'Your visits are not counted. This browser keeps your choice, and nothing else for counting.',
  refused:
    'Your visits are not counted: your browser asks every site not to (Global Privacy Control or Do Not Track), and we heed it.',
};

/** Holds for this browser, signed in or not. */
export function CountingChoice() {
  const counting = useCounting();
  const Icon = counting === 'on' ? Check : EyeOff;
  return (
    <div className="mt-6 flex flex-col items-start gap-4 rounded-card border border-hairline bg-surface p-5">
      <p role="status" className="flex gap-2.5 text-base font-semibold">
        <Icon size={18} aria-hidden className="mt-1 shrink-0" />
        {states[counting]}
      </p>
      {counting !== 'refused' && (
        <Button onClick={() => chooseCounting(counting === 'on' ? 'off' : 'on')}>
          {counting === 'on' ? 'Do not count my visits' : 'Count my visits again'}
        </Button>
      )}
    </div>
  );
}
