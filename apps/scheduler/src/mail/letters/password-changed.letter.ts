import type { LetterOf } from '../letter.ts';

export const passwordChanged: LetterOf<'password_changed'> = ({ device }, origin) => ({
  subject: 'Your password was changed',
  paragraphs: ['The password of your Viewora account was changed. Your other devices are signed out.'],
  ...(device !== undefined && { facts: [['Device', device]] }),
  action: { label: 'Open Viewora', url: origin },
  otherwise: 'It was not you? Then choose “Forgot password” on the sign-in page now, and set a new one.',
});
