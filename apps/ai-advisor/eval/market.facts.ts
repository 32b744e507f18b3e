/** A place's market, from the listings and their history alone; minor units, whole days. */
export interface MarketFacts {
  listings: number;
  inOtherCurrencies: number;
  lower: number | null;
  median: number | null;
  upper: number | null;
  perSqm: number | null;
  daysOnMarket: number | null;
  sold: number;
  daysToSale: number | null;
}

const days = (from: string, to: string) => `floor(extract(epoch FROM ${to} - ${from}) / 86400)`;
const middle = (of: string, share = 0.5) => `percentile_cont(${share}) WITHIN GROUP (ORDER BY ${of})`;

/** Those of a place, `$1`, and of a type, `$2`, with when they were listed first; prices are in a currency, `$3`. */
const ofPlace = `listing AS (
  SELECT listing.*, nullif(area_sqm, 0) AS size, CASE WHEN currency = $3 THEN price_minor END AS price,
    (SELECT min(at) FROM property.listing_history AS entry WHERE entry.listing_id = listing.id AND kind = 'listed') AS first_on
  FROM property.listing WHERE blocked_at IS NULL AND $1 = ANY (place_keys) AND ($2::text IS NULL OR type::text = $2)
)`;

export const marketSql = `WITH ${ofPlace}, sale AS (
  SELECT listing.id, min(first_on) AS first_on, max(at) AS at FROM listing JOIN property.listing_history ON listing_id = listing.id
  WHERE status_to = 'sold' AND at > now() - interval '365 days' GROUP BY listing.id
)
SELECT count(*)::int AS listings, count(*) FILTER (WHERE currency <> $3)::int AS "inOtherCurrencies",
  ${middle('price', 0.25)} AS lower, ${middle('price')} AS median, ${middle('price', 0.75)} AS upper,
  ${middle('price / size')} AS "perSqm", ${middle(days('first_on', 'now()'))}::float8 AS "daysOnMarket",
  (SELECT count(*)::int FROM sale) AS sold, (SELECT ${middle(days('first_on', 'at'))}::float8 FROM sale) AS "daysToSale"
FROM listing WHERE is_public`;

/** Of those that came in a month, by its first day, `$4`, what was asked for them when they came. */
export const monthSql = `WITH ${ofPlace}
SELECT ${middle('price_to_minor / size')} AS median FROM listing JOIN property.listing_history AS entry ON entry.listing_id = listing.id
WHERE entry.kind = 'listed' AND entry.at = first_on AND currency = $3 AND date_trunc('month', first_on AT TIME ZONE 'UTC') = $4::date`;
