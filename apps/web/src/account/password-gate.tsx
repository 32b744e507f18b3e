import { accountsApi } from '@viewora/contracts/accounts';
import { useState } from 'react';
import { fieldErrors } from '../api/field-errors.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogButtons } from '../ui/dialog.tsx';
import { Form } from '../ui/form.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';

const schema = accountsApi.changePassword.input.pick({ currentPassword: true });

interface Asked {
  send: (currentPassword: string) => Promise<void>;
  giveUp: () => void;
}

/**
 * The way to what would lock somebody out or let others in: the API may want the password first, and then it is asked for.
 * `pass` gives null to whoever gives up there; `dialog` belongs on the page.
 */
export function usePasswordGate(email: string) {
  const [asked, setAsked] = useState<Asked | null>(null);

  async function pass<T>(act: (currentPassword?: string) => Promise<T>): Promise<T | null> {
    try {
      return await act();
    } catch (error) {
      if (fieldErrors(error).currentPassword === undefined) throw error;
    }
    return new Promise((resolve) => {
      const end = (result: T | null) => {
        setAsked(null);
        resolve(result);
      };
      setAsked({ send: async (currentPassword) => end(await act(currentPassword)), giveUp: () => end(null) });
    });
  }

  return { pass, dialog: asked && <PasswordDialog email={email} {...asked} /> };
}

function PasswordDialog({ email, send, giveUp }: Asked & { email: string }) {
  return (
    <Dialog
      title="Is it you?"
      lead="You signed in a while ago. Your password shows that it is still you."
      onClose={giveUp}
    >
      <Form
        schema={schema}
        send={({ currentPassword }) => send(currentPassword)}
        footer={
          <DialogButtons>
            <Button onClick={giveUp}>Cancel</Button>
            <SubmitButton pending="Checking …">Continue</SubmitButton>
          </DialogButtons>
        }
      >
        {/* Tells password managers whose password this is. Without a name, so that it is not sent. */}
        <input type="email" value={email} autoComplete="username" readOnly hidden />
        <PasswordField name="currentPassword" label="Password" autoComplete="current-password" />
      </Form>
    </Dialog>
  );
}
