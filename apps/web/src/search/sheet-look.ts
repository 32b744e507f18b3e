// How the sheet's head looks, for the page and for what stands there before its script has come.

export const sheetLook = 'absolute inset-x-0 rounded-t-card border-t border-hairline bg-paper shadow-lift';
export const handleLook = 'flex h-6 w-full items-center justify-center rounded-t-card';
export const gripLook = 'h-1 w-10 rounded-full bg-edge';
/** Between a phone and a desk the list is too narrow for all of it on one line. */
export const headingRowLook = 'flex items-center gap-x-3 px-5 pb-3 md:max-lg:flex-wrap';
/** On a desk the place has a line of its own, which is kept for it: the list must not move when it is known. */
export const headingLook =
  'min-w-0 flex-1 text-base font-semibold max-md:truncate md:min-h-12 md:max-lg:basis-full lg:text-lg';
/** On a phone two icons a thumb wide, beside which the heading is cut: their room is kept from the start. */
export const placeLinksLook = '-my-3 flex shrink-0 text-sm max-md:w-22 md:my-0 md:max-lg:mr-auto md:max-lg:-ml-2';
