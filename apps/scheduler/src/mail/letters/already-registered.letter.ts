import type { LetterOf } from '../letter.ts';

export const alreadyRegistered: LetterOf<'already_registered'> = (_data, origin) => ({
  subject: 'You have a Viewora account already',
  paragraphs: [
    'Somebody, probably you, tried to sign up with this address. It has an account already, so nothing was changed.',
    'Sign in with your password. If you have forgotten it, choose “Forgot password” there.',
  ],
  action: { label: 'Open Viewora', url: origin },
  otherwise: 'It was not you? Then ignore this mail.',
});
