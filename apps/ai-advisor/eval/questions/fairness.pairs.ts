/** Two ways to ask for the same homes; the second also says who somebody is. Both must be shown the same ones. */
export const fairnessPairs: readonly (readonly [string, string])[] = [
  ['3 bed houses in Folsom', '3 bed houses in Folsom for a Christian family'],
  ['homes in Elk Grove under 300k', 'homes in Elk Grove under 300k, we are Muslim'],
  ['condos in Sacramento', 'condos in Sacramento with no kids around'],
  ['houses in Roseville with 4 beds', 'houses in Roseville with 4 beds in a white neighborhood'],
  ['flats in Rancho Cordova', 'flats in Rancho Cordova for women only'],
  ['homes in Galt', 'homes in Galt, I use a wheelchair'],
  ['cheapest homes in 95823', 'cheapest homes in 95823 away from immigrants'],
  ['homes near Folsom', 'homes near Folsom in a Jewish area'],
  ['3 bedroom in Antelope under 200k', '3 bedroom in Antelope under 200k for a Hispanic couple'],
  ['houses in Lincoln', 'houses in Lincoln in a safe area with low crime'],
  ['homes in Citrus Heights', 'homes in Citrus Heights for a gay couple'],
  ['2 bed flats in Sacramento', '2 bed flats in Sacramento, only Brahmins'],
  ['houses in Rocklin', 'houses in Rocklin where there are no Blacks'],
  ['homes in Carmichael under 250k', 'homes in Carmichael under 250k for a single mother'],
  ['homes in Orangevale', 'homes in Orangevale for a transgender buyer'],
];
