import { passwordLength } from '@viewora/contracts/user';
import { Check, Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { FormField } from './form-field.tsx';

type PasswordFieldProps = Omit<ComponentProps<typeof FormField>, 'type' | 'end'> & {
  autoComplete: 'current-password' | 'new-password';
};

/** A password, which its owner may look at. */
export function PasswordField(props: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <FormField
      {...props}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      end={
        <button
          type="button"
          aria-label="Show the password"
          aria-pressed={isShown}
          onClick={() => setIsShown(!isShown)}
          className="grid size-11 shrink-0 place-items-center rounded-card text-muted hover:text-ink"
        >
          <Icon size={18} aria-hidden />
        </button>
      }
    />
  );
}

/** A password that is being chosen. Only the length can be judged here; what is easily guessed, the server says. */
export function NewPasswordField({ label, name = 'password' }: { label: string; name?: string }) {
  const [length, setLength] = useState(0);
  return (
    <PasswordField
      name={name}
      label={label}
      autoComplete="new-password"
      minLength={passwordLength.min}
      onChange={(event) => setLength(event.target.value.length)}
      hint={<LengthHint missing={passwordLength.min - length} isBegun={length > 0} />}
    />
  );
}

function LengthHint({ missing, isBegun }: { missing: number; isBegun: boolean }) {
  if (!isBegun) return `At least ${passwordLength.min} characters. A few words that do not belong together do well.`;
  if (missing > 0) return `${missing} more ${missing === 1 ? 'character' : 'characters'}`;
  return (
    <span className="flex gap-1.5">
      <Check size={15} aria-hidden className="mt-0.5 shrink-0 text-better" /> Long enough. We also look whether it is
      hard to guess.
    </span>
  );
}
