import type { LetterOf } from '../letter.ts';

export const signInCode: LetterOf<'sign_in_code'> = ({ code }) => ({
  subject: 'Your sign-in code',
  paragraphs: ['Enter this code to finish signing in to Viewora.'],
  code,
  otherwise:
    'You are not signing in? Then somebody knows your password: change it. Tell nobody the code, not even someone who says they are from Viewora.',
});
