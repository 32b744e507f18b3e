import type { LetterOf } from '../letter.ts';

export const newDevice: LetterOf<'new_device'> = ({ device, place }, origin) => ({
  subject: 'New sign-in to your account',
  paragraphs: ['Your Viewora account was signed in to on a device that we have not seen before.'],
  facts: [
    ['Device', device],
    ['Network', place],
  ],
  action: { label: 'Open Viewora', url: origin },
  otherwise: 'It was not you? Then change your password now; that signs the device out.',
});
