import { and, atMost, flat, house, inCity, inPostalCode, type Question, quarterBy, rank, sqft } from './question.ts';

const byValue = quarterBy('price_minor / nullif(area_sqm, 0)');

/** Which of what fits comes first: relevance is a fact's quarter, 3 for the best. */
export const rankQuestions: Question[] = [
  rank('cheapest houses in Sacramento', and(house, inCity('Sacramento')), quarterBy('price_minor')),
  rank('cheapest condos in Rancho Cordova', and(flat, inCity('Rancho Cordova')), quarterBy('price_minor')),
  rank('least expensive 4 bedroom in Elk Grove', and(inCity('Elk Grove'), 'beds >= 4'), quarterBy('price_minor')),
  rank('most expensive homes in El Dorado Hills', inCity('El Dorado Hills'), quarterBy('price_minor DESC')),
  rank('largest homes in Roseville', inCity('Roseville'), quarterBy('area_sqm DESC NULLS LAST')),
  rank('biggest house in Galt', and(house, inCity('Galt')), quarterBy('area_sqm DESC NULLS LAST')),
  rank('cheap houses in Citrus Heights', and(house, inCity('Citrus Heights')), quarterBy('price_minor')),
  rank(
    'cheapest 3 bed 2 bath in Antelope',
    and(inCity('Antelope'), 'beds >= 3', 'baths >= 2'),
    quarterBy('price_minor'),
  ),
  rank('affordable homes in Lincoln', inCity('Lincoln'), quarterBy('price_minor')),
  rank(
    'biggest homes under 300k in Elk Grove',
    and(inCity('Elk Grove'), atMost(300_000)),
    quarterBy('area_sqm DESC NULLS LAST'),
  ),
  rank('cheapest home over 2000 sqft in Sacramento', and(inCity('Sacramento'), sqft(2000)), quarterBy('price_minor')),
  rank('homes in 95823, cheapest first', inPostalCode('95823'), quarterBy('price_minor')),
  rank('homes in Folsom sorted by price', inCity('Folsom'), quarterBy('price_minor')),
  rank('most spacious condo in Sacramento', and(flat, inCity('Sacramento')), quarterBy('area_sqm DESC NULLS LAST')),
  rank('lowest price house in 95838', and(house, inPostalCode('95838')), quarterBy('price_minor')),
  rank('good value homes in Sacramento', inCity('Sacramento'), byValue),
  rank('best value 3 bedroom in Elk Grove', and(inCity('Elk Grove'), 'beds >= 3'), byValue),
  rank('a bargain in Roseville', inCity('Roseville'), byValue),
  rank('houses in Antelope that are good value', and(house, inCity('Antelope')), byValue),
  rank('good deal in Citrus Heights', inCity('Citrus Heights'), byValue),
  rank('upscale condos in Sacramento', and(flat, inCity('Sacramento')), quarterBy('price_minor DESC')),
  rank('luxury homes in Sacramento', inCity('Sacramento'), quarterBy('price_minor DESC')),
];
