import { accountsApi } from '@viewora/contracts/accounts';
import type { AppError } from '@viewora/contracts/errors';
import type { User } from '@viewora/contracts/user';
import { useState } from 'react';
import { call, sessionQuery } from '../api/api-client.ts';
import { queryClient } from '../api/query-client.ts';
import { formatFullDay } from '../format/dates.ts';
import { useKeptText } from '../session/kept-text.ts';
import { keepUser } from '../session/session.ts';
import { Form } from '../ui/form.tsx';
import { FormField } from '../ui/form-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { roleText } from './role-text.ts';

const schema = accountsApi.updateMe.input.pick({ name: true });

export function ProfileForm({ user }: { user: User }) {
  const [isSaved, setIsSaved] = useState(false);
  const kept = useKeptText(user.id, 'name', user.name);
  const facts = [
    ['E-mail', user.email],
    ['Role', roleText(user)],
    ['Member since', formatFullDay(user.createdAt)],
  ];

  async function save({ name }: { name: string }): Promise<void> {
    setIsSaved(false);
    try {
      keepUser(await call(accountsApi.updateMe, { name, version: user.version }));
    } catch (error) {
      // Read anew, so that the next try is made on what it is now, and so that its owner sees what that is.
      if (isConflict(error)) keepUser(await call(accountsApi.me, {}));
      throw error;
    }
  }

  return (
    <>
      <dl className="mb-6 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 text-base">
        {facts.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-muted">{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Form
        schema={schema}
        send={save}
        onSent={() => {
          kept.drop();
          setIsSaved(true);
        }}
        explain={(error) => (isConflict(error) ? <ChangedElsewhere /> : undefined)}
        footer={
          <div className="flex items-center gap-4">
            <SubmitButton pending="Saving …">Save</SubmitButton>
            <p role="status" className="text-sm text-muted">
              {isSaved && 'Saved'}
            </p>
          </div>
        }
      >
        <FormField
          name="name"
          label="Name"
          autoComplete="name"
          defaultValue={kept.initial}
          onChange={(event) => {
            kept.keep(event.target.value);
            setIsSaved(false);
          }}
        />
      </Form>
    </>
  );
}

function isConflict(error: unknown): boolean {
  return (error as Partial<AppError>).code === 'conflict';
}

function ChangedElsewhere() {
  const name = queryClient.getQueryData<{ user: User | null }>(sessionQuery.queryKey)?.user?.name;
  return `Your name was changed on another device meanwhile, to “${name}”. Save again to change it to what you typed.`;
}
