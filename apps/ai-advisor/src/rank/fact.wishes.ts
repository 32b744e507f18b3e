import { fold } from '@viewora/contracts/text';

/** What facts tell of homes, and sellers write of any: a good price for its size, or the upper end of the market. */
export type FactWish = 'value' | 'luxury';

const wordsFor: Record<FactWish, ReadonlySet<string>> = {
  value: new Set(
    'bargain, bargains, deal, deals, steal, undervalued, underpriced, below market, under market value, below market value, value for money, bang for the buck'.split(
      ', ',
    ),
  ),
  luxury: new Set(
    'luxury, luxurious, high end, high-end, upscale, upmarket, deluxe, premium, opulent, lavish, prestige'.split(', '),
  ),
};

/** What a wish as a whole asks of the facts; null where it is for texts to tell: "luxury kitchen". */
export function factWishOf(wish: string): FactWish | null {
  const words = fold(wish);
  if (wordsFor.value.has(words)) return 'value';
  return wordsFor.luxury.has(words) ? 'luxury' : null;
}
