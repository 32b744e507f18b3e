import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { type Application, type DocumentKind, documentKindsOf, documentLimits } from '@viewora/contracts/application';
import { AppError } from '@viewora/contracts/errors';
import type { User } from '@viewora/contracts/user';
import { useRef, useState } from 'react';
import { applicationQuery } from '../api/account-queries.ts';
import { call } from '../api/api-client.ts';
import { type FieldErrors, fieldErrors } from '../api/field-errors.ts';
import { useKeptText } from '../session/kept-text.ts';
import { keepUser } from '../session/session.ts';
import { Form } from '../ui/form.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { FormTextArea } from '../ui/form-text-area.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { DocumentSlot } from './document-slot.tsx';
import { settledDocuments, takeBack, useUploads } from './use-uploads.ts';
import { documentTexts } from './verification-text.ts';

const documentPath = /^documents\./;

interface ApplicationFormProps {
  user: User & { role: 'seller' | 'broker' };
  /** The one under way, where it is begun. */
  application: Application | null;
}

/** The documents, a message, and the way to hand them in. */
export function ApplicationForm({ user, application }: ApplicationFormProps) {
  const client = useQueryClient();
  const { uploads, start, retry, giveUp } = useUploads();
  const [refusals, setRefusals] = useState<FieldErrors>({});
  const [missing, setMissing] = useState<readonly DocumentKind[]>([]);
  const [said, setSaid] = useState('');
  const slots = useRef<HTMLDivElement>(null);
  const kept = useKeptText(user.id, 'application', application?.message ?? '');
  const kinds = documentKindsOf[user.role];
  const documents = settledDocuments(application?.documents ?? [], uploads);
  const room = documentLimits.documents - documents.length - uploads.length;
  const removing = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) => takeBack(id),
    onSuccess: async (_, { name }) => {
      setSaid(`${name} is removed`);
      await client.invalidateQueries({ queryKey: applicationQuery.queryKey });
    },
  });

  async function submit({ message }: { message?: string | undefined }): Promise<Application> {
    setRefusals({});
    const lacking = kinds.required.filter(
      (kind) => !documents.some((document) => document.kind === kind && document.isUploaded),
    );
    setMissing(lacking);
    if (uploads.some(({ failure }) => !failure)) throw new AppError('invalid_input', 'Wait until all files are sent');
    if (lacking[0]) {
      slots.current?.querySelector<HTMLElement>(`[data-slot="${lacking[0]}"]`)?.focus();
      throw new AppError('invalid_input', 'A document is missing');
    }
    return call(accountsApi.submitApplication, { message: message || undefined }).catch((error: unknown) => {
      setRefusals(documentErrors(error));
      throw error;
    });
  }

  async function handedIn(submitted: Application): Promise<void> {
    kept.drop();
    client.setQueryData(applicationQuery.queryKey, { application: submitted });
    // What the account says of its verification has changed with it.
    keepUser(await call(accountsApi.me, {}));
  }

  return (
    <div ref={slots} className="flex flex-col gap-8">
      {kinds.allowed.map((kind) => (
        <DocumentSlot
          key={kind}
          kind={kind}
          documents={documents.filter((document) => document.kind === kind)}
          uploads={uploads.filter((upload) => upload.kind === kind)}
          room={room}
          refusals={refusals}
          complaint={missing.includes(kind) ? `${documentTexts[kind].title} is missing` : undefined}
          onFiles={(files) => {
            setMissing(missing.filter((other) => other !== kind));
            start(kind, files);
          }}
          onRemove={(document) => removing.mutate(document)}
          onRetry={retry}
          onGiveUp={giveUp}
        />
      ))}
      {removing.isError && <FormFailure error={removing.error} />}
      <Form
        schema={accountsApi.submitApplication.input}
        send={submit}
        onSent={handedIn}
        explain={explain}
        footer={
          <div>
            <SubmitButton pending="Looking at your documents …">Hand in</SubmitButton>
          </div>
        }
      >
        <FormTextArea
          name="message"
          label="Message (optional)"
          hint="Anything that helps whoever looks at it."
          defaultValue={kept.initial}
          maxLength={2_000}
          onChange={(event) => kept.keep(event.target.value)}
        />
      </Form>
      <LiveRegion message={said} />
    </div>
  );
}

/** By a document's id, what the server found in it. */
function documentErrors(error: unknown): FieldErrors {
  const named = Object.entries(fieldErrors(error)).filter(([path]) => documentPath.test(path));
  return Object.fromEntries(named.map(([path, message]) => [path.replace(documentPath, ''), message]));
}

function explain(error: AppError): string | undefined {
  const paths = Object.keys(fieldErrors(error));
  if (paths.some((path) => documentPath.test(path)))
    return 'Some documents were refused: see above what is wrong with them, and put others in their place.';
  if (error.code === 'invalid_input' && paths.length === 0) return `${error.message}.`;
  return undefined;
}
