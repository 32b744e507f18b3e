import { ReportReason } from '@viewora/contracts/moderation';
import { use, useId } from 'react';
import { FormContext } from '../ui/form.tsx';
import { FieldComplaint } from '../ui/form-field.tsx';

const says: Record<ReportReason, string> = {
  not_for_sale: 'It is not for sale any more, or never was',
  wrong_facts: 'The price, the place or another fact is wrong',
  duplicate: 'The same home is listed twice',
  fraud: 'It looks like a fraud',
  offensive: 'It is offensive, or shuts people out',
  other: 'Something else',
};

export function ReportReasons() {
  const id = useId();
  const complaint = use(FormContext).fields.reason;
  return (
    <fieldset aria-describedby={complaint ? id : undefined}>
      <legend className="mb-1.5 text-sm font-semibold">What is wrong with it?</legend>
      <div className={`overflow-hidden rounded-card border bg-surface ${complaint ? 'border-worse' : 'border-edge'}`}>
        {ReportReason.options.map((reason, i) => (
          <label
            key={reason}
            className="flex min-h-11 cursor-pointer items-center gap-3 border-b border-hairline px-3.5 py-2 text-sm transition-colors last:border-b-0 hover:bg-sunken has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="reason"
              value={reason}
              // Of a group without a choice the first has the focus.
              aria-invalid={i === 0 && complaint ? true : undefined}
              className="size-4 shrink-0 accent-accent outline-none"
            />
            {says[reason]}
          </label>
        ))}
      </div>
      {complaint && (
        <div id={id} className="mt-1.5">
          <FieldComplaint text={`A reason ${complaint}`} />
        </div>
      )}
    </fieldset>
  );
}
