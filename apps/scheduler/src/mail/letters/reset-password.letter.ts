import type { LetterOf } from '../letter.ts';

export const resetPassword: LetterOf<'reset_password'> = ({ token }, origin) => ({
  subject: 'Set a new password',
  paragraphs: ['With this link you set a new password. It works once, and signs you out on every device.'],
  // In the fragment: what stands behind the # is sent to no server, and so is in no log.
  action: { label: 'Set a new password', url: `${origin}/reset-password#token=${encodeURIComponent(token)}` },
  otherwise: 'You did not ask for this? Then ignore this mail; your password stays as it is.',
});
