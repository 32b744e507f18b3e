import type { LetterOf } from '../letter.ts';

export const accountBlocked: LetterOf<'account_blocked'> = ({ reason }) => ({
  subject: 'Your account was blocked',
  paragraphs: [
    'An administrator has blocked your Viewora account. You are signed out on every device, and cannot sign in.',
    `The reason: ${reason}`,
  ],
  otherwise: 'You think that this is a mistake? Then ask whoever runs the platform.',
});
