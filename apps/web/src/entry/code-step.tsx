import { useMutation } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import type { SecondFactorMethod } from '@viewora/contracts/user';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/api-client.ts';
import { sessionChanged } from '../session/session.ts';
import { Button } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { FormField } from '../ui/form-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { EntryPage } from './entry-page.tsx';
import { ResendButton } from './resend-button.tsx';
import { typedEmail } from './typed-email.ts';

export interface CodeWanted {
  ticket: string;
  methods: SecondFactorMethod[];
}

const schema = accountsApi.secondFactor.input.pick({ code: true });

const leads: Record<SecondFactorMethod, () => string> = {
  email: () => `We have mailed a code to ${typedEmail.get()}. It is good for ten minutes.`,
  totp: () => 'Your authenticator app shows a code for Viewora.',
  recovery: () => 'Use one of the recovery codes that you were given. Each works once.',
};

const otherWays: Record<SecondFactorMethod, string> = {
  email: 'Get a code by mail',
  totp: 'Use your authenticator app',
  recovery: 'Use a recovery code',
};

interface CodeStepProps {
  wanted: CodeWanted;
  onBack: () => void;
}

/** The second factor: bound to the password step by its ticket. */
export function CodeStep({ wanted: { ticket, methods }, onBack }: CodeStepProps) {
  const [method, setMethod] = useState<SecondFactorMethod>(methods[0] ?? 'email');
  const mailCode = () => call(accountsApi.mailSecondFactor, { ticket });
  // The password step has mailed one already where mail comes first.
  const firstMail = useMutation({ mutationFn: mailCode });
  const isMailed = methods[0] === 'email' || firstMail.isSuccess;

  function choose(next: SecondFactorMethod): void {
    setMethod(next);
    if (next === 'email' && !isMailed) firstMail.mutate();
  }

  async function finish({ code }: { code: string }): Promise<void> {
    await call(accountsApi.secondFactor, { ticket, method, code }).catch((error: unknown) => {
      throw isRefused(error) ? wrongCode(method) : error;
    });
    await sessionChanged();
  }

  return (
    <EntryPage
      title="Enter the code"
      lead={method === 'email' && !isMailed ? 'A code is on its way to your mail.' : leads[method]()}
      aside={
        <div className="flex flex-col items-center">
          {methods
            .filter((other) => other !== method)
            .map((other) => (
              <Button key={other} look="quiet" onClick={() => choose(other)}>
                {otherWays[other]}
              </Button>
            ))}
        </div>
      }
    >
      <Form
        key={method}
        schema={schema}
        send={finish}
        footer={
          <SubmitButton pending="Signing in …" className="w-full">
            Sign in
          </SubmitButton>
        }
      >
        <FormField
          name="code"
          label="Code"
          inputMode={method === 'recovery' ? 'text' : 'numeric'}
          autoComplete={method === 'recovery' ? 'off' : 'one-time-code'}
          autoCapitalize="none"
          spellCheck={false}
          // Codes are pasted as they are shown, in groups.
          onChange={(event) => {
            event.target.value = event.target.value.replace(/\s+/g, '');
          }}
        />
      </Form>
      <div className="mt-3 flex flex-col gap-3">
        {method === 'email' && firstMail.isError && <FormFailure error={firstMail.error} />}
        {method === 'email' && !firstMail.isPending && (
          <ResendButton what="code" send={mailCode} isJustSent={isMailed} />
        )}
        <Button look="quiet" onClick={onBack} className="self-center">
          <ArrowLeft size={16} aria-hidden /> Back
        </Button>
      </div>
    </EntryPage>
  );
}

function isRefused(error: unknown): boolean {
  return error instanceof AppError && error.code === 'unauthenticated';
}

const complaints: Record<SecondFactorMethod, string> = {
  email: 'is wrong or too old. Ask for a new one, or go back and begin again',
  totp: 'is wrong or too old. The app shows a new one every half minute',
  recovery: 'is wrong or has been used',
};

/** Wrong, too old, or one too many: what helps is the same. */
function wrongCode(method: SecondFactorMethod): AppError {
  return new AppError('invalid_input', 'The code was refused', {
    errors: [{ path: 'code', message: complaints[method] }],
  });
}
