import { priceWords } from './price-words.ts';

interface PriceHintProps {
  /** What is typed; null while it is no price. */
  priceMinor: number | null;
  currency: string;
  /** What it was, to say by how much it differs. */
  beforeMinor?: number | null;
}

/** A price that is being typed, read back as people say it: a zero too many is heard before it is sent. */
export function PriceHint({ priceMinor, currency, beforeMinor = null }: PriceHintProps) {
  return <span aria-live="polite">{priceWords(priceMinor, currency, beforeMinor)}</span>;
}
