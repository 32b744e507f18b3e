import { FormField } from '../ui/form-field.tsx';
import { typedEmail } from './typed-email.ts';

interface EmailFieldProps {
  /** Whether a passkey may be chosen among its suggestions. */
  isWithPasskeys?: boolean;
}

export function EmailField({ isWithPasskeys = false }: EmailFieldProps) {
  return (
    <FormField
      name="email"
      label="E-mail"
      type="email"
      // Also where it is chosen: a password manager keeps it as the name that belongs to the password.
      autoComplete={isWithPasskeys ? 'username webauthn' : 'username'}
      autoCapitalize="none"
      spellCheck={false}
      defaultValue={typedEmail.get()}
      onChange={(event) => typedEmail.set(event.target.value)}
    />
  );
}
