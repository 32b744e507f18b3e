import type { LetterOf } from '../letter.ts';

export const applicationApproved: LetterOf<'application_approved'> = ({ role }, origin) => ({
  subject: 'Your application was approved',
  paragraphs: [`We have looked at your documents. You can publish listings as a ${role} from now on.`],
  action: { label: 'Open your listings', url: `${origin}/sell` },
  otherwise: 'You did not apply for this? Then sign in and change your password.',
});
