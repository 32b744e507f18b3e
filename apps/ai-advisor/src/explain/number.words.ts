import { tokenize } from '@viewora/contracts/text';

/**
 * Numbers in words as the larger languages in Latin letters have them, folded. Those that are words of English, too, are left out:
 * "due", "once", "elf".
 */
const foreignNumbers = new Set(
  [
    // Spanish
    'dos tres cuatro cinco seis siete ocho nueve diez doce trece catorce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos trescientos quinientos millon millones',
    // Portuguese
    'dois duas quatro sete oito nove dez doze treze vinte trinta quarenta cinquenta sessenta oitenta noventa cem cento duzentos trezentos quinhentos mil milhao milhoes',
    // French
    'deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cents mille',
    // German
    'zwei drei vier funf sechs sieben acht neun zehn zwolf zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig hundert tausend millionen',
    // Italian
    'tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta cinquanta sessanta settanta ottanta novanta duecento trecento cinquecento mila milione milioni',
    // Dutch
    'twee drie vijf zes zeven acht negen tien twaalf twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen',
    // Hindi in Latin letters
    'teen paanch panch chhah chhe saat aath nau das bees tees chalis pachas hazaar hazar karod',
  ].flatMap((words) => words.split(' ')),
);

export function hasForeignNumber(text: string): boolean {
  return tokenize(text).some((word) => foreignNumbers.has(word));
}
