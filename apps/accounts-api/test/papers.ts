import { accountsApi } from '@viewora/contracts/accounts';
import type { DocumentKind } from '@viewora/contracts/application';
import type { InputOf, OutputOf } from '@viewora/contracts/service';
import type { SignedInPerson, TestAccounts } from './accounts.ts';

type NewDocument = InputOf<typeof accountsApi.addDocument>;
export type Added = OutputOf<typeof accountsApi.addDocument>;

export const pdf = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');
/** A Windows program, as its first bytes say. */
export const program = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0', 'latin1'), Buffer.alloc(80)]);

/** What applicants and administrators do with documents, by hand. */
export function papersOf(accounts: TestAccounts) {
  const as = ({ actor }: SignedInPerson) => ({ actor });

  const announce = (person: SignedInPerson, given: Partial<NewDocument> = {}): Promise<Added> =>
    accounts.ask(
      accountsApi.addDocument,
      { kind: 'ownership_proof', name: 'deed.pdf', contentType: 'application/pdf', bytes: pdf.length, ...given },
      as(person),
    );

  const upload = ({ upload: { url, headers } }: Added, body: Buffer = pdf): Promise<number> =>
    fetch(url, { method: 'PUT', headers, body }).then(({ status }) => status);

  async function hand(person: SignedInPerson, kind: DocumentKind = 'ownership_proof'): Promise<Added> {
    const added = await announce(person, { kind });
    await upload(added);
    return added;
  }

  const submit = (person: SignedInPerson, message?: string) =>
    accounts.ask(accountsApi.submitApplication, { message }, as(person));

  /** Somebody new whose application waits. */
  async function applicant(role: 'seller' | 'broker' = 'seller') {
    const person = await accounts.signIn(await accounts.person(role));
    const kinds: DocumentKind[] = role === 'seller' ? ['ownership_proof'] : ['broker_licence', 'broker_certificate'];
    for (const kind of kinds) await hand(person, kind);
    const application = await submit(person);
    return { person, application };
  }

  return { as, announce, upload, hand, submit, applicant };
}
