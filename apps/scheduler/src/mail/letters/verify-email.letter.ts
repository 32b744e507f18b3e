import type { LetterOf } from '../letter.ts';

export const verifyEmail: LetterOf<'verify_email'> = ({ token }, origin) => ({
  subject: 'Confirm your e-mail address',
  paragraphs: ['Confirm that this address is yours, and your Viewora account is ready.'],
  // In the fragment: what stands behind the # is sent to no server, and so is in no log.
  action: { label: 'Confirm address', url: `${origin}/verify-email#token=${encodeURIComponent(token)}` },
  otherwise: 'You did not sign up for Viewora? Then ignore this mail.',
});
