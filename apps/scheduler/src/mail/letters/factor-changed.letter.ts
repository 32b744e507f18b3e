import type { LetterOf } from '../letter.ts';

export const factorChanged: LetterOf<'factor_changed'> = ({ change }, origin) => ({
  subject: 'How you sign in has changed',
  paragraphs: [`${change}.`],
  action: { label: 'Open your account', url: `${origin}/account` },
  otherwise:
    'It was not you? Then choose “Forgot password” on the sign-in page now, which signs everybody out, and look at what your account says about signing in.',
});
