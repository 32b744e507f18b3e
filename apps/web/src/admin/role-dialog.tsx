import { useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AdminUser } from '@viewora/contracts/admin';
import { roles } from '@viewora/contracts/service';
import { useId, useState } from 'react';
import { adminKey, userQuery } from '../api/admin-queries.ts';
import { call } from '../api/api-client.ts';
import { showToast } from '../ui/toast.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { roleNames } from './words.ts';

/** Makes somebody something else: asked with their name, for it signs them out. */
export function RoleDialog({ user, onClose }: { user: AdminUser; onClose: () => void }) {
  const client = useQueryClient();
  const id = useId();
  const others = roles.filter((role) => role !== user.role);
  const [role, setRole] = useState(others[0] ?? user.role);

  async function change(reason: string): Promise<void> {
    const changed = await call(accountsApi.changeRole, { id: user.id, role, reason });
    client.setQueryData(userQuery(user.id).queryKey, changed);
    void client.invalidateQueries({ queryKey: adminKey });
    showToast({ text: `${user.name} is now a ${roleNames[role].toLowerCase()}` });
    onClose();
  }

  return (
    <ReasonDialog
      title={`Change the role of ${user.name}?`}
      picks={['They asked for it.', 'They registered as the wrong thing.', 'They work for Viewora now.']}
      action="Change role"
      pending="Changing it …"
      send={change}
      onClose={onClose}
      fields={
        <fieldset>
          <legend className="mb-1.5 text-sm font-semibold">From {roleNames[user.role].toLowerCase()} to</legend>
          <div className="grid auto-cols-fr grid-flow-col gap-1.5">
            {others.map((other) => (
              <label
                key={other}
                htmlFor={`${id}-${other}`}
                className="grid min-h-11 cursor-pointer place-items-center rounded-sm border border-hairline text-sm transition-colors hover:border-edge has-checked:border-accent has-checked:bg-accent-soft has-checked:font-semibold has-focus-visible:outline-2 has-focus-visible:outline-accent"
              >
                <input
                  id={`${id}-${other}`}
                  type="radio"
                  name={`${id}-role`}
                  value={other}
                  checked={role === other}
                  onChange={() => setRole(other)}
                  className="sr-only"
                />
                {roleNames[other]}
              </label>
            ))}
          </div>
        </fieldset>
      }
    >
      They are signed out everywhere, and what they can do changes at once.
    </ReasonDialog>
  );
}
