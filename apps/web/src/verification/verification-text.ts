import type { DocumentKind } from '@viewora/contracts/application';
import type { User } from '@viewora/contracts/user';

export interface DocumentText {
  title: string;
  means: string;
}

export const documentTexts: Record<DocumentKind, DocumentText> = {
  ownership_proof: {
    title: 'Proof of ownership',
    means: 'A deed, a property tax bill or an extract of the land registry, with your name on it.',
  },
  broker_licence: { title: 'Broker’s licence', means: 'The licence to broker property that your state has given you.' },
  broker_certificate: {
    title: 'Certificate',
    means: 'Of the training or the registration that your licence rests on.',
  },
};

interface VerificationText {
  title: string;
  means: string;
  action: string;
}

/** What there is to say and do about somebody's verification; null where nothing is. */
export function verificationText({ verification }: Pick<User, 'verification'>): VerificationText | null {
  switch (verification) {
    case 'none':
      return {
        title: 'Get verified to publish',
        means: 'Send us your papers once. Until then, what you list stays a draft.',
        action: 'Get verified',
      };
    case 'pending':
      return {
        title: 'Your papers are being looked at',
        means: 'You will be told as soon as that is decided. Until then, what you list stays a draft.',
        action: 'See your application',
      };
    case 'rejected':
      return {
        title: 'Your application was not approved',
        means: 'See why, and apply again. Until then, what you list stays a draft.',
        action: 'See why',
      };
    default:
      return null;
  }
}
