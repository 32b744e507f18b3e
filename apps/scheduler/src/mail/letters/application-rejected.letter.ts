import type { LetterOf } from '../letter.ts';

export const applicationRejected: LetterOf<'application_rejected'> = ({ role, reason }, origin) => ({
  subject: 'Your application was not approved',
  paragraphs: [
    `We have looked at your application to be a ${role} on Viewora, and could not approve it.`,
    `The reason: ${reason}`,
    'You can apply again with other documents. Those that you sent are deleted after 30 days.',
  ],
  action: { label: 'Look at your papers', url: `${origin}/verification` },
  otherwise: 'You did not apply for this? Then sign in and change your password.',
});
