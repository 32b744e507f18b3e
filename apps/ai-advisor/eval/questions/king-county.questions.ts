import {
  and,
  atLeast,
  atMost,
  between,
  find,
  house,
  inPostalCode,
  type Question,
  quarterBy,
  rank,
  sqft,
} from './question.ts';

/** Of `king-county.csv`, which names no cities: postal codes, and years that the demo market does not have. */
export const kingCountyQuestions: Question[] = [
  find('homes in 98103', inPostalCode('98103')),
  find('3 bed houses in 98115 under 600k', and(house, inPostalCode('98115'), 'beds >= 3', atMost(600_000))),
  find('houses in 98052 built after 2000', and(house, inPostalCode('98052'), 'year_built > 2000')),
  find('homes in 98004 over 2 million dollars', and(inPostalCode('98004'), atLeast(2_000_000))),
  find('4 bedrooms 2.5 baths in 98042', and(inPostalCode('98042'), 'beds >= 4', 'baths >= 2.5')),
  find('98118 homes between 300k and 400k', and(inPostalCode('98118'), between(300_000, 400_000))),
  find('newer homes in 98075: built since 2010', and(inPostalCode('98075'), 'year_built >= 2010')),
  find('house in 98023 over 3000 sqft', and(house, inPostalCode('98023'), sqft(3000))),
  find('5 bed homes in 98006 under 1.2m', and(inPostalCode('98006'), 'beds >= 5', atMost(1_200_000))),
  find('homes in 98001 below 200k', and(inPostalCode('98001'), atMost(200_000))),
  find('98144, at least 3 bathrooms', and(inPostalCode('98144'), 'baths >= 3')),
  find('2 beds at most in 98117', and(inPostalCode('98117'), 'beds <= 2')),
  find(
    'houses in 98033 with 4 beds built after 1990 under 900k',
    and(house, inPostalCode('98033'), 'beds >= 4', 'year_built > 1990', atMost(900_000)),
  ),
  find('around 500k in 98133', and(inPostalCode('98133'), between(450_000, 550_000))),
  find('homes no more than 1,000 sqft in 98107', and(inPostalCode('98107'), sqft(1, 1000))),
  find(
    '98038: 3 to 4 bedrooms, 350-450k',
    and(inPostalCode('98038'), 'beds BETWEEN 3 AND 4', between(350_000, 450_000)),
  ),
  find('a place in 98112 for under a million', and(inPostalCode('98112'), atMost(1_000_000))),
  find('homes in 98199 with 2,000 to 2,500 sq ft', and(inPostalCode('98199'), sqft(2000, 2500))),
  rank('cheapest homes in 98168', inPostalCode('98168'), quarterBy('price_minor')),
  rank('largest homes in 98040', inPostalCode('98040'), quarterBy('area_sqm DESC NULLS LAST')),
];
