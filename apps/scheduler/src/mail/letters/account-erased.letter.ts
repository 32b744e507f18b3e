import type { LetterOf } from '../letter.ts';

export const accountErased: LetterOf<'account_erased'> = (_data, origin) => ({
  subject: 'Your account was erased',
  paragraphs: [
    'Your Viewora account, and all that belonged to it, was erased as you asked. It cannot be brought back.',
    'This address is free: you can sign up with it again at any time.',
  ],
  action: { label: 'Open Viewora', url: origin },
  otherwise: 'It was not you? Then somebody had your password: change it wherever else you use it.',
});
