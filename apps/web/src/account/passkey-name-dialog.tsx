import { accountsApi } from '@viewora/contracts/accounts';
import type { Passkey } from '@viewora/contracts/sign-in-ways';
import { call } from '../api/api-client.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogButtons } from '../ui/dialog.tsx';
import { Form } from '../ui/form.tsx';
import { FormField } from '../ui/form-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';

const schema = accountsApi.renamePasskey.input.pick({ name: true });

interface PasskeyNameDialogProps {
  passkey: Passkey;
  onRenamed: (name: string) => void;
  onClose: () => void;
}

export function PasskeyNameDialog({ passkey: { id, name }, onRenamed, onClose }: PasskeyNameDialogProps) {
  return (
    <Dialog title={`Rename “${name}”`} onClose={onClose}>
      <Form
        schema={schema}
        send={(typed) => call(accountsApi.renamePasskey, { id, ...typed })}
        onSent={(passkey) => onRenamed(passkey.name)}
        footer={
          <DialogButtons>
            <Button onClick={onClose}>Cancel</Button>
            <SubmitButton pending="Saving …">Save</SubmitButton>
          </DialogButtons>
        }
      >
        <FormField name="name" label="Name" defaultValue={name} autoComplete="off" maxLength={100} />
      </Form>
    </Dialog>
  );
}
