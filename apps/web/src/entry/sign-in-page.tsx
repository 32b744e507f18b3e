import { useState } from 'react';
import { CodeStep, type CodeWanted } from './code-step.tsx';
import { PasswordStep } from './password-step.tsx';
import { useReturn } from './return.ts';

/** The password, then the second factor of those who have one, then back to where the visitor was. */
export function SignInPage() {
  const [wanted, setWanted] = useState<CodeWanted | null>(null);
  useReturn();
  return wanted ? (
    <CodeStep wanted={wanted} onBack={() => setWanted(null)} />
  ) : (
    <PasswordStep onCodeWanted={setWanted} />
  );
}
