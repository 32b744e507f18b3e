import { accountsApi } from '@viewora/contracts/accounts';
import { call } from '../api/api-client.ts';
import { textLink } from '../entry/entry-link.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog, DialogButtons } from '../ui/dialog.tsx';
import { Form } from '../ui/form.tsx';
import { FormField } from '../ui/form-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { QrCode } from './qr-code.tsx';

const schema = accountsApi.confirmTotp.input;

interface AuthenticatorSetupProps {
  secret: string;
  uri: string;
  onDone: (recoveryCodes: string[]) => void;
  onClose: () => void;
}

/** The app is told the secret, and shows by a code that it has understood. */
export function AuthenticatorSetup({ secret, uri, onDone, onClose }: AuthenticatorSetupProps) {
  return (
    <Dialog
      title="Set up your authenticator app"
      lead="Scan this with the app, for example Google Authenticator, 1Password or Aegis. Then type the code that it shows."
      onClose={onClose}
    >
      <div className="mb-5 flex flex-col items-center gap-3">
        <QrCode text={uri} label="QR code with the key for your authenticator app" />
        <p className="text-center text-sm text-muted">
          Or type the key: <code className="font-sans font-semibold text-ink select-all">{inGroups(secret)}</code>
        </p>
        <div className="flex flex-wrap items-center justify-center gap-x-5 gap-y-2">
          <CopyButton text={secret} what="key" />
          <a href={uri} className={`${textLink} inline-flex min-h-11 items-center text-sm md:min-h-0`}>
            Open the app on this device
          </a>
        </div>
      </div>
      <Form
        schema={schema}
        send={(typed) => call(accountsApi.confirmTotp, typed)}
        onSent={({ recoveryCodes }) => onDone(recoveryCodes)}
        footer={
          <DialogButtons>
            <Button onClick={onClose}>Cancel</Button>
            <SubmitButton pending="Checking …">Turn on</SubmitButton>
          </DialogButtons>
        }
      >
        <FormField
          name="code"
          label="Code from the app"
          inputMode="numeric"
          autoComplete="one-time-code"
          // Apps show it in groups.
          onChange={(event) => {
            event.target.value = event.target.value.replace(/\s+/g, '');
          }}
        />
      </Form>
    </Dialog>
  );
}

function inGroups(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}
