import { accountsApi } from '@viewora/contracts/accounts';
import type { AppError } from '@viewora/contracts/errors';
import type { OutputOf } from '@viewora/contracts/service';
import { call } from '../api/api-client.ts';
import { sessionChanged } from '../session/session.ts';
import { Form } from '../ui/form.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import type { CodeWanted } from './code-step.tsx';
import { EmailField } from './email-field.tsx';
import { EntryLink } from './entry-link.tsx';
import { EntryPage } from './entry-page.tsx';
import { OtherWays } from './other-ways.tsx';
import { ResendButton } from './resend-button.tsx';
import { typedEmail } from './typed-email.ts';

const schema = accountsApi.login.input.omit({ client: true });

async function signIn(typed: { email: string; password: string }): Promise<OutputOf<typeof accountsApi.login>> {
  const reply = await call(accountsApi.login, typed);
  if ('user' in reply) await sessionChanged();
  return reply;
}

export function PasswordStep({ onCodeWanted }: { onCodeWanted: (wanted: CodeWanted) => void }) {
  return (
    <EntryPage
      title="Sign in"
      aside={
        <>
          New to Viewora? <EntryLink to="/sign-up">Create an account</EntryLink>
        </>
      }
    >
      <Form
        schema={schema}
        send={signIn}
        onSent={(reply) => 'secondFactor' in reply && onCodeWanted(reply.secondFactor)}
        explain={explain}
        footer={
          <SubmitButton pending="Signing in …" className="w-full">
            Sign in
          </SubmitButton>
        }
      >
        <EmailField isWithPasskeys />
        <div>
          <PasswordField name="password" label="Password" autoComplete="current-password" />
          <p className="mt-2 text-sm">
            <EntryLink to="/forgot-password">Forgot password?</EntryLink>
          </p>
        </div>
      </Form>
      <OtherWays />
    </EntryPage>
  );
}

function explain(error: AppError) {
  // Which of the two it is, nobody is told: that would say who has an account.
  if (error.code === 'unauthenticated') return 'The e-mail or the password is wrong.';
  if (error.code !== 'forbidden') return undefined;
  return isUnconfirmed(error) ? <Unconfirmed /> : `${error.message}.`;
}

/** The other reason is that the account is blocked, where no mail helps; both have one code. */
function isUnconfirmed({ message }: AppError): boolean {
  return /confirm/i.test(message);
}

function Unconfirmed() {
  return (
    <div className="flex flex-col gap-3">
      <p>Confirm your e-mail address first: open the link in the mail that we have sent you.</p>
      <ResendButton
        what="mail"
        isJustSent={false}
        send={() => call(accountsApi.resendVerification, { email: typedEmail.get() })}
      />
    </div>
  );
}
