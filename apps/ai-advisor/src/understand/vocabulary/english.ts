import type { Meaning } from '../lexeme.ts';

/** A line of a vocabulary: one meaning, and the words and phrases that have it, separated by commas. */
export type Entry = readonly [Meaning, string];

const sort = (sort: 'newest' | 'price_asc' | 'price_desc' | 'area_desc' | 'distance', label: string): Meaning => ({
  is: 'sort',
  sort,
  label,
});

/** "surely double", "soon rise". */
const promised = ['surely', 'soon', 'definitely', 'certainly', 'sure to', 'certain to', 'bound to', 'set to']
  .flatMap((how) => ['double', 'triple', 'rise', 'increase', 'go up', 'grow'].map((what) => `${how} ${what}`))
  .join(', ');

export const english: readonly Entry[] = [
  // Numbers
  [{ is: 'number', value: 0.25 }, 'quarter of a, a quarter, quarter'],
  [{ is: 'number', value: 0.5 }, 'half a, half'],
  [{ is: 'number', value: 1 }, 'one'],
  [{ is: 'number', value: 1.5 }, 'one and a half'],
  [{ is: 'number', value: 2 }, 'two, a couple of'],
  [{ is: 'number', value: 2.5 }, 'two and a half'],
  [{ is: 'number', value: 3 }, 'three'],
  [{ is: 'number', value: 4 }, 'four'],
  [{ is: 'number', value: 5 }, 'five'],
  [{ is: 'number', value: 6 }, 'six'],
  [{ is: 'number', value: 7 }, 'seven'],
  [{ is: 'number', value: 8 }, 'eight'],
  [{ is: 'number', value: 9 }, 'nine'],
  [{ is: 'number', value: 10 }, 'ten'],
  [{ is: 'number', value: 11 }, 'eleven'],
  [{ is: 'number', value: 12 }, 'twelve'],
  [{ is: 'number', value: 15 }, 'fifteen'],
  [{ is: 'number', value: 20 }, 'twenty'],
  [{ is: 'number', value: 30 }, 'thirty'],
  [{ is: 'number', value: 40 }, 'forty'],
  [{ is: 'number', value: 50 }, 'fifty'],
  [{ is: 'number', value: 60 }, 'sixty'],
  [{ is: 'number', value: 70 }, 'seventy'],
  [{ is: 'number', value: 80 }, 'eighty'],
  [{ is: 'number', value: 90 }, 'ninety'],
  [{ is: 'number', value: 1e5 }, 'a hundred thousand, a lakh'],
  [{ is: 'number', value: 1e6 }, 'a million'],
  [{ is: 'number', value: 1e7 }, 'a crore'],
  [{ is: 'scale', factor: 100 }, 'hundred'],
  [{ is: 'scale', factor: 1e3 }, 'thousand, thousands, grand'],
  [{ is: 'scale', factor: 1e3, needsDigits: true }, 'k'],
  [{ is: 'scale', factor: 1e5 }, 'lakh, lakhs, lac, lacs'],
  [{ is: 'scale', factor: 1e5, needsDigits: true }, 'l'],
  [{ is: 'scale', factor: 1e6 }, 'million, millions, mil, mln'],
  [{ is: 'scale', factor: 1e6, needsDigits: true }, 'm, mm, mn'],
  [{ is: 'scale', factor: 1e7 }, 'crore, crores'],
  [{ is: 'scale', factor: 1e7, needsDigits: true }, 'cr, crs'],
  [{ is: 'scale', factor: 1e9 }, 'billion'],
  // Money
  [{ is: 'currency', code: 'USD' }, '$, us$, usd, dollar, dollars, us dollars, bucks'],
  [{ is: 'currency', code: 'INR' }, '₹, rs, inr, rupee, rupees'],
  [{ is: 'currency', code: 'EUR' }, '€, eur, euro, euros'],
  [{ is: 'currency', code: 'GBP' }, '£, gbp, pound, pounds'],
  [{ is: 'currency', code: 'AED' }, 'aed, dirham, dirhams'],
  [
    { is: 'topic', of: 'price' },
    'budget, price, priced, price range, cost, costs, costing, spend, afford, asking price',
  ],
  // Units
  [
    { is: 'unit', unit: 'bed' },
    'bed, beds, bedroom, bedrooms, bd, bds, bdrm, bdrms, bedder, bedded, bed room, bed rooms, sleeping rooms',
  ],
  [{ is: 'unit', unit: 'bed', needsNumber: true }, 'br, brs, b'],
  [{ is: 'unit', unit: 'bhk' }, 'bhk, bhks, rk'],
  [
    { is: 'unit', unit: 'bath' },
    'bath, baths, bathroom, bathrooms, washroom, washrooms, toilets, full baths, full bathrooms',
  ],
  [{ is: 'unit', unit: 'bath', needsNumber: true }, 'ba'],
  [
    { is: 'unit', unit: 'sqft' },
    'sqft, sq ft, sft, square feet, square foot, sq feet, sq foot, square ft, ft2, sqfeet, squarefeet',
  ],
  [
    { is: 'unit', unit: 'sqm' },
    'sqm, sq m, m2, square metres, square meters, square metre, square meter, sq metres, sq meters, sqmt, sq mt, sq mtr, smt',
  ],
  [{ is: 'unit', unit: 'cent', needsNumber: true }, 'cent, cents'],
  [{ is: 'unit', unit: 'acre' }, 'acre, acres, ac'],
  [{ is: 'unit', unit: 'km', needsNumber: true }, 'km, kms, kilometre, kilometres, kilometer, kilometers'],
  [{ is: 'unit', unit: 'mi', needsNumber: true }, 'mi, mile, miles'],
  [{ is: 'unit', unit: 'metre', needsNumber: true }, 'metre, metres, meter, meters'],
  [{ is: 'unit', unit: 'year', needsNumber: true }, 'year, years, yr, yrs, years old, year old, yrs old'],
  [{ is: 'unit', unit: 'day', needsNumber: true }, 'day, days'],
  [{ is: 'unit', unit: 'week', needsNumber: true }, 'week, weeks'],
  [{ is: 'unit', unit: 'month', needsNumber: true }, 'month, months'],
  [
    { is: 'unit', unit: 'minute', needsNumber: true },
    'minute, minutes, mins, min from, min to, min walk, min drive, min by, hour, hours',
  ],
  // Limits
  [
    { is: 'limit', side: 'max', at: 'before' },
    '<, <=, ≤, nothing over, nothing above, nothing larger than, nothing bigger than, nothing more than, no larger than, no bigger than, not larger than, not bigger than, none over, none above, under, below, less than, fewer than, up to, upto, no more than, not more than, not over, not above, not exceeding, no higher than, lower than, cheaper than, within, smaller than, maximum of, max of, not to exceed',
  ],
  [
    { is: 'limit', side: 'max', at: 'after' },
    'or less, or fewer, or under, or below, or cheaper, or smaller, and below, and under, and less, tops, at the most, or lower',
  ],
  [{ is: 'limit', side: 'max', at: 'either' }, 'max, maximum, at most'],
  [
    { is: 'limit', side: 'min', at: 'before' },
    '>, >=, ≥, nothing under, nothing below, nothing smaller than, nothing less than, no smaller than, not smaller than, none under, none below, over, above, more than, atleast, no less than, not less than, not under, not below, no fewer than, not fewer than, greater than, bigger than, larger than, upwards of, starting from, starting at, minimum of, min of, exceeding, higher than, north of',
  ],
  [
    { is: 'limit', side: 'min', at: 'after' },
    'or more, or above, or over, or bigger, or larger, or up, and above, and up, and more, and over, plus, upwards, onwards, or higher, +',
  ],
  [{ is: 'limit', side: 'min', at: 'either' }, 'min, minimum, at least'],
  [
    { is: 'limit', side: 'about', at: 'before' },
    'around, about, approximately, approx, roughly, circa, close to, somewhere around, in the region of, nearly, almost',
  ],
  [{ is: 'limit', side: 'about', at: 'after' }, 'or so, ish'],
  [{ is: 'limit', side: 'exact', at: 'either' }, 'exactly, precisely, only, just, strictly'],
  [
    { is: 'limit', side: 'min', at: 'before', of: 'year' },
    'after, since, newer than, later than, built after, built since',
  ],
  [{ is: 'limit', side: 'max', at: 'before', of: 'year' }, 'before, older than, earlier than, built before, prior to'],
  [{ is: 'limit', side: 'min', at: 'after', of: 'year' }, 'or newer, or later, and newer, and later'],
  [{ is: 'limit', side: 'max', at: 'after', of: 'year' }, 'or older, or earlier'],
  [{ is: 'between' }, 'between, from, ranging from, anywhere from, in the range of'],
  [{ is: 'to' }, 'to, -, –, —, through, till, until'],
  [{ is: 'and' }, 'and, &, as well as'],
  [{ is: 'or' }, 'or'],
  [
    { is: 'topic', of: 'built' },
    'built, constructed, built in, construction year, year built, built from, construction',
  ],
  [{ is: 'topic', of: 'age' }, 'old, of age'],
  [{ is: 'topic', of: 'listed' }, 'listed, added, posted, on the market, came on the market, new to market'],
  [
    { is: 'lately' },
    'last, past, previous, in the last, in the past, within the last, within the past, over the last, during the last',
  ],
  [
    { is: 'listed', days: 1 },
    'listed today, new today, posted today, added today, listed in the last day, listed since yesterday',
  ],
  [
    { is: 'listed', days: 7 },
    'listed this week, listed in the last week, listed last week, new this week, added this week, posted this week, from this week',
  ],
  [{ is: 'listed', days: 30 }, 'listed this month, listed in the last month, new this month, added this month'],
  // Kinds of property
  [
    { is: 'type', types: ['house'] },
    'house, houses, villa, villas, bungalow, bungalows, cottage, cottages, townhouse, townhouses, townhome, townhomes, town house, row house, row houses, rowhouse, duplex, duplexes, mansion, mansions, farmhouse, farm house, farmhouses, single family home, single family homes, single family house, single family houses, single family, multi family, multi family home, multi family homes, multifamily, family house, family houses, detached, semi detached, detached house, detached home, detached houses, independent house, independent houses, independent home, ranch house, chalet',
  ],
  [
    { is: 'type', types: ['flat'] },
    'flat, flats, apartment, apartments, condo, condos, condominium, condominiums, apt, apts, penthouse, penthouses, loft apartment, builder floor',
  ],
  [
    { is: 'type', types: ['flat'], beds: 0 },
    'studio, studios, studio flat, studio flats, studio apartment, studio apartments, studio condo',
  ],
  [
    { is: 'type', types: ['plot'] },
    'plot, plots, land, vacant land, empty land, land parcel, plot of land, plots of land, piece of land, vacant lot, vacant lots, empty lot, building lot, building lots, building plot, building site, lots, residential plot, house plot, acreage, parcel of land',
  ],
  [
    { is: 'type', types: ['commercial'] },
    'commercial, commercial property, commercial properties, commercial space, office, offices, office space, office building, shop, shops, warehouse, warehouses, showroom, showrooms, retail space, retail, store space, godown, industrial unit, shop space',
  ],
  [
    { is: 'home' },
    'home, homes, property, properties, listing, listings, place, places, real estate, unit, units, residence, residences, dwelling, accommodation, options',
  ],
  // Order
  [
    sort('price_asc', 'Cheapest first'),
    'cheapest, cheapest first, cheap, lowest price, lowest priced, lowest price first, least expensive, most affordable, affordable, inexpensive, sorted by price, sort by price, by price, price low to high, low to high',
  ],
  [
    sort('price_desc', 'Dearest first'),
    'most expensive, most expensive first, priciest, dearest, highest price, highest priced, price high to low, high to low',
  ],
  [
    sort('newest', 'Newest listings first'),
    'newest, newest first, latest, latest listings, most recent, most recently listed, recently listed, newly listed, just listed, new listings, newest listings, fresh listings, recent listings',
  ],
  [
    sort('area_desc', 'Largest first'),
    'largest, biggest, largest first, biggest first, most spacious, roomiest, sorted by size, sort by size',
  ],
  [sort('distance', 'Nearest first'), 'nearest, closest, nearest first, closest first'],
  // Where
  [{ is: 'in' }, 'in, at, within the city of, located in, situated in, inside of'],
  [
    { is: 'near' },
    'near, near to, nearby to, next to, beside, by the, not far from, in the vicinity of, walking distance to, walking distance of, within walking distance of, within reach of, convenient to, commutable to, easy commute to, surrounding, adjacent to',
  ],
  [{ is: 'near', isOrder: true }, 'nearest to, closest to'],
  [
    { is: 'here' },
    'near me, nearby, around here, near here, close by, my location, my area, where i am, around me, from me, from here, close to me',
  ],
  [{ is: 'of' }, 'of, away from, off'],
  [
    { is: 'with' },
    'with, having, has, have, includes, including, featuring, that has, that have, which has, plus a, w',
  ],
  [
    { is: 'not' },
    'not, no, without, outside, outside of, except, excluding, exclude, but not, not a, not an, other than, avoid, never, any but, anything but, dont want, do not want, not in, not near, no need for, rather than, instead of',
  ],
  // Things that make it a question about homes
  [
    { is: 'amenity' },
    'pool, swimming pool, detached garage, attached garage, garden, gardens, yard, backyard, back yard, front yard, garage, parking, car park, car parking, lift, elevator, balcony, terrace, patio, deck, kitchen, modular kitchen, view, views, sea view, lake view, fireplace, basement, attic, gym, furnished, semi furnished, unfurnished, hoa, air conditioning, ac unit, hot water, solar, solar panels, driveway, fence, fenced, storey, story, floor, ground floor, gated, gated community, hardwood floors, wheelchair ramp, wheelchair accessible, wheelchair access, step free, accessible, handicap accessible, disabled access, disabled parking, handicapped parking, grab bars, roll in shower, family room, master bedroom, main bedroom, primary bedroom, guest room, guest house, spare room, living room, dining room, study room, home office, kids room, playroom, children playground, childrens playground, playground, mother in law suite, in law unit, granny flat, maid room, servant room, pooja room, puja room, prayer room, school, schools, new construction, newly built, brand new, renovated, fixer upper, corner lot, big lot, large lot, lot size, parking lot, rv parking, open plan, open floor plan, walk in closet, laundry, washer, dryer, large bedrooms, storage, 55 + community, retirement community, senior living, pet friendly, pets allowed, metro, station, transit, hospital, park, beach, lake, river, power backup, borewell, well water, vastu, east facing, west facing, north facing, south facing, resale, ready to move, under construction, home theatre, home theater, guest cottage, coffee shop, grocery store, shopping, shopping mall, mall, land view, landscaped',
  ],
  // Fair housing
  [
    { is: 'protected', about: 'religion' },
    'christian, christians, muslim, muslims, islamic, hindu, hindus, jewish, jew, jews, sikh, sikhs, catholic, catholics, protestant, protestants, buddhist, buddhists, jain, jains, mormon, mormons, atheist, atheists, religion, religions, religious, non muslim, non hindu, vegetarians only, vegetarian only, pure vegetarian, veg only, non veg not allowed, parsi, parsis',
  ],
  [
    { is: 'protected', about: 'caste' },
    'brahmin, brahmins, dalit, dalits, caste, upper caste, lower caste, castes, scheduled caste',
  ],
  [
    { is: 'protected', about: 'race' },
    'blacks, whites, whites only, caucasian, caucasians, african american, african americans, colored people, people of color, people of colour, racial, race, races, ethnicity, ethnic, ethnicities, ethnic makeup, demographics, demographic, minorities, minority',
  ],
  [
    { is: 'protected', about: 'origin' },
    'hispanic, hispanics, latino, latinos, latina, latinx, immigrant, immigrants, foreigner, foreigners, refugees, refugee, migrants, nationality, national origin, asians, mexicans, indians, arabs, africans, pakistanis, bangladeshis, north indians, south indians, english speakers, english speaker, spanish speakers, hindi speakers, malayalam speakers, urdu speakers, tamil speakers, native speakers, native english speakers, native born',
  ],
  [
    { is: 'protected', about: 'family' },
    'no kids, no children, without kids, without children, no child, no families, kids, children, child, toddler, toddlers, childless, child free, childfree, adults only, adult only, adults, families only, family only, no singles, no bachelors, bachelor, bachelors, unmarried, unmarried couples, married couples, married couple, married, single women, single woman, single men, single mothers, single mother, single mom, single moms, single parents, single parent, single people, pregnant, families with children, families with kids, families without kids, couples only, divorced, newlyweds',
  ],
  [
    { is: 'protected', about: 'age' },
    'old people, older people, elderly, elderly people, aged people, seniors, senior citizens, pensioners, retirees, retired people, retired couple, retired couples, empty nester, empty nesters, young people, younger people, young crowd, younger crowd, young professionals, young professional, young couple, young couples, young family, young families, teenagers, millennials, boomers',
  ],
  [
    { is: 'protected', about: 'disability' },
    "disabled, disabled people, disability, disabilities, handicapped, handicapped people, handicap, mentally ill, mental illness, able bodied, blind people, deaf people, wheelchair users, wheelchair user, use a wheelchair, uses a wheelchair, using a wheelchair, in a wheelchair, am blind, i'm blind, is blind, am deaf, i'm deaf, is deaf, people in wheelchairs, autistic, hiv",
  ],
  [
    { is: 'protected', about: 'sex' },
    'women, woman, women only, ladies, ladies only, female, females, men, men only, male, males, males only, girls, girls only, boys, boys only, gay, gays, lesbian, lesbians, lgbt, lgbtq, transgender, straight people, straights, no men, no women, gender',
  ],
  [{ is: 'perhaps-protected', about: 'race' }, 'white, black, asian, brown, colored, coloured'],
  [
    { is: 'perhaps-protected', about: 'origin' },
    'indian, chinese, mexican, african, arab, american, russian, vietnamese, korean, filipino, pakistani, bangladeshi, british, european, italian, polish, turkish, tamil, malayali, bengali, punjabi, gujarati, marathi, telugu, kannadiga, bihari, english, spanish, hindi, malayalam, urdu',
  ],
  [
    { is: 'steering' },
    'low crime, lowest crime, crime free, no crime, little crime, high crime, crime, crime rate, crime rates, good people, nice people, decent people, right kind of people, right sort of people, kind of people, people like us, people like me, similar people, good neighbours, good neighbors, nice neighbours, nice neighbors, decent neighbours, decent neighbors, respectable, riff raff, riffraff, ghetto, slum, slums, family friendly area, family friendly neighborhood, family friendly neighbourhood, family friendly, kid friendly, child friendly, kids friendly, bad neighborhood, bad neighbourhood, bad area, rough area, dangerous, good neighborhood, good neighbourhood, good area, nice area, nice neighborhood, nice neighbourhood, better neighborhood, better neighbourhood, good locality, decent locality, decent area, posh locality, posh area, good families, decent families, elite, rich people, rich area, rich neighborhood, rich neighbourhood, poor people, poor area, poor neighborhood, poor neighbourhood, low income free, no low income, no section 8, section 8 people, section 8 tenants, section 8 families, people on welfare, welfare families',
  ],
  [
    { is: 'promise' },
    "guaranteed, guarantee, guarantees, guaranteed to rise, will rise, will go up, go up in value, going up in value, will increase, will increase in value, increase in value, increases in value, rise in value, grow in value, gain value, gain in value, will appreciate, appreciate, appreciates, appreciate in value, appreciation, sure to sell, cannot lose, can not lose, can't lose, cant lose, risk free, no risk, without risk, good investment, great investment, best investment, better investment, safe investment, solid investment, sound investment, smart investment, excellent investment, investment, investments, investment potential, high returns, good returns, return on investment, roi, double in value, will double, hold its value, holds its value, keep its value, keeps its value, resale value, sell for more, get the loan, get a loan approved, loan approved, loan approval, loan be approved, mortgage approved, mortgage approval, will be approved, be approved for, will qualify, you qualify, qualify for, preapproved, pre approved, legally, legal advice, tax advice, legal title, tax free, no legal risk",
  ],
  [{ is: 'promise' }, promised],
  [
    { is: 'instruction' },
    'ignore previous instructions, ignore all previous instructions, ignore all instructions, ignore your instructions, ignore the above, disregard, previous instructions, your instructions, instructions, system prompt, your prompt, prompt, prompts, you are now, act as, pretend, jailbreak, unrestricted, administrator, admin, reveal, print all, print your, answer only, answer with, respond with, reply with, repeat after me, say that, http, https, www, click here, javascript, json, script, onerror, drop table, pwned, email addresses, e mail addresses, password, passwords, api key, delete all',
  ],
  [{ is: 'perhaps-steering' }, 'safe, safer, safest, rough, homogeneous, diverse'],
  [
    { is: 'perhaps-steering', isOfHomesToo: true },
    'upscale, upmarket, exclusive, prestigious, affluent, wealthy, well off, high class, upper class, upper middle class, middle class, working class, lower class, high income, higher income, middle income, low income, lower income',
  ],
  [
    { is: 'people' },
    'people, person, family, families, residents, resident, owners, owner, tenants, tenant, neighbours, neighbors, neighbour, neighbor, folks, households, household, population, owned, majority, dominated, predominantly, mostly, community, communities, society, speaking, crowd, buyer, buyers, purchaser, purchasers, applicant, applicants, client, clients, couple, couples, owned by, folk, not allowed, professionals, working professionals, professional couple, professional couples',
  ],
  [
    { is: 'area-word' },
    'area, areas, neighborhood, neighbourhood, neighborhoods, neighbourhoods, locality, localities, colony, district, part of town, street, suburb, suburbs, town, city, location, zone',
  ],
  [
    { is: 'filler' },
    "among, amongst, i, i'm, im, i'd, id, i've, we, we're, us, me, my, our, you, your, it, its, he, she, they, a, an, the, this, that, these, those, there, here, is, are, am, was, be, been, do, does, did, can, could, would, should, will, shall, may, might, must, want, wants, wanted, need, needs, needed, looking, look, search, searching, find, show, give, get, got, list, see, buy, buying, purchase, purchasing, sale, sell, selling, like, love, prefer, preferably, ideally, please, pls, plz, thanks, thank, hi, hello, hey, for, for sale, to buy, some, any, all, every, something, anything, on, as, so, if, then, but, also, too, very, really, quite, into, out, up, good, great, nice, best, nicest, much, many, available, suitable, what, which, who, whose, where, when, how, why, let, lets, tell, about it, around the, by, than, more, most, less, least, own, lot, lots of, a lot of, roughly speaking, new one, one of, ones, kind, type, types, sort, sorted, order, total, per, each, live, lives, living, stay, move, moving, us all, help, interested, currently, right now, now, asap, area of, size, size of, sized, roomed, worth, value, valued, option, only if, rooms, room, mein, ka, ki, ke, ko, chahiye, mujhe, wala, wali, under the, don't, dont, won't, or something, by professionals",
  ],
  // By which a search is changed, and that have nothing of it themselves.
  [
    { is: 'filler' },
    'same, same thing, same things, as before, again, instead, rather, as well, make, raise, lower the, lower my, increase, reduce, change the, switch, keep, go, down, bump, extend, expand, set the, try',
  ],
];
