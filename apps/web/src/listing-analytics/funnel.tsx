import { plural } from '../format/facts.ts';
import { rateText, type Sums } from './series-figures.ts';

const number = new Intl.NumberFormat('en-US');

/** From being seen among others to being written to: each a bar from zero, with the share of the one before. */
export function Funnel({ sums }: { sums: Sums }) {
  const { impressions, views, contacts } = sums;
  const most = Math.max(1, impressions, views, contacts);
  return (
    <dl className="flex flex-col gap-4 text-sm">
      <Stage name="Seen in results" count={impressions} most={most} note={null} />
      <Stage name="Opened" count={views} most={most} note={openedNote(sums)} isOwn />
      <Stage name="In touch with you" count={contacts} most={most} note={contactNote(sums)} />
    </dl>
  );
}

/** Not everybody comes from the results: more views than were seen there are no share of them. */
function openedNote({ impressions, views }: Sums): string | null {
  if (views > impressions) return 'More came by links than from the results';
  const rate = rateText(views, impressions);
  return rate && `${rate} of the times it was seen`;
}

function contactNote({ views, contacts }: Sums): string | null {
  const rate = rateText(contacts, views);
  return rate && `${rate} of the views`;
}

interface StageProps {
  name: string;
  count: number;
  most: number;
  note: string | null;
  isOwn?: boolean;
}

function Stage({ name, count, most, note, isOwn = false }: StageProps) {
  return (
    <div>
      <dt className="flex items-baseline justify-between gap-4">
        {name} {note && <span className="text-right text-xs text-muted">{note}</span>}
      </dt>
      <dd className="mt-1 flex items-center gap-3">
        <span
          aria-hidden
          style={{ width: `${(count / most) * 78}%` }}
          className={`h-6 min-w-px shrink-0 rounded-r-sm ${isOwn ? 'bg-accent' : 'bg-edge'}`}
        />
        <span className="font-semibold">{number.format(count)}</span>
      </dd>
    </div>
  );
}

export function funnelAnswer({ impressions, views, contacts }: Sums): string {
  if (views === 0 && impressions > 0) return `Seen ${plural(impressions, 'time')} in results, and not opened.`;
  if (views === 0) return 'Nobody has seen it in this time.';
  const [opened, inTouch] = [rateText(views, impressions), plural(contacts, 'visitor')];
  const first =
    opened === null || views > impressions
      ? `Opened ${plural(views, 'time')}`
      : `${opened} of those who see it open it`;
  return contacts === 0 ? `${first}; nobody has been in touch.` : `${first}; ${inTouch} got in touch.`;
}
