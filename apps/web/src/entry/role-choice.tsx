import type { accountsApi } from '@viewora/contracts/accounts';
import type { HttpInputOf } from '@viewora/contracts/http-client';
import { RegisterRole } from '@viewora/contracts/user';
import { use, useId } from 'react';
import { FormContext } from '../ui/form.tsx';
import { FieldComplaint } from '../ui/form-field.tsx';

type Choice = HttpInputOf<typeof accountsApi.register>['role'];

const says: Record<Choice, { name: string; means: string }> = {
  buyer: { name: 'Buy', means: 'Look for a home and ask about those you like.' },
  seller: {
    name: 'Sell',
    means: 'List homes of your own. Before you publish, we look at a proof that the home is yours.',
  },
  broker: {
    name: 'Work as a broker',
    means:
      'List homes for others. Before you publish, we look at your licence and certificate. Each sign-in asks for a code.',
  },
};

/** What somebody wants to do here. */
export function RoleChoice() {
  const id = useId();
  const complaint = use(FormContext).fields.role;
  return (
    <fieldset aria-describedby={complaint ? id : undefined}>
      <legend className="mb-1.5 text-sm font-semibold">I want to</legend>
      <div className="overflow-hidden rounded-card border border-edge bg-surface">
        {RegisterRole.options.map((role) => (
          <label
            key={role}
            className="flex cursor-pointer items-start gap-3 border-b border-hairline px-3.5 py-3 transition-colors last:border-b-0 hover:bg-sunken has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="role"
              value={role}
              defaultChecked={role === 'buyer'}
              aria-labelledby={`${id}-${role}`}
              aria-describedby={`${id}-${role}-means`}
              className="mt-1 size-4 shrink-0 accent-accent outline-none"
            />
            <span>
              <span id={`${id}-${role}`} className="block text-sm font-semibold">
                {says[role].name}
              </span>
              <span id={`${id}-${role}-means`} className="block text-sm text-muted">
                {says[role].means}
              </span>
            </span>
          </label>
        ))}
      </div>
      {complaint && (
        <div id={id} className="mt-1.5">
          <FieldComplaint text={`This choice ${complaint}`} />
        </div>
      )}
    </fieldset>
  );
}
