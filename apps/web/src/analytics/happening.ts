import type { AnalyticsEvent } from '@viewora/contracts/analytics';

type Told<E> = E extends AnalyticsEvent ? Omit<E, 'id' | 'viewerId' | 'at'> : never;

/** What happened to which listing; who saw it and when is added where it is kept. */
export type Happening = Told<AnalyticsEvent>;
