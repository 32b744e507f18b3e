import type { MigrationInterface, QueryRunner } from 'typeorm';

const quartiles = `
        priced integer NOT NULL,
        price_lower_minor bigint,
        price_median_minor bigint,
        price_upper_minor bigint,
        measured integer NOT NULL,
        price_per_sqm_minor bigint`;

/** The figures of each place: computed from listings and their history, and nothing of its own. */
export class PlaceMarket1767225600009 implements MigrationInterface {
  name = 'PlaceMarket1767225600009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE place_market (
        key text PRIMARY KEY,
        kind text NOT NULL,
        name text NOT NULL,
        label text NOT NULL,
        currency text NOT NULL
      );
      CREATE TABLE place_market_now (
        key text NOT NULL,
        type text NOT NULL,
        listings integer NOT NULL,
        in_other_currencies integer NOT NULL,${quartiles},
        days_on_market integer,
        aged integer NOT NULL,
        sold integer NOT NULL,
        days_to_sale integer,
        timed integer NOT NULL,
        PRIMARY KEY (key, type)
      );
      COMMENT ON TABLE place_market_now IS 'What is on the market of a place, by type; the type "all" is all of them';
      CREATE INDEX place_market_largest ON place_market_now (listings DESC, key) WHERE type = 'all';
      CREATE TABLE place_market_month (
        key text NOT NULL,
        type text NOT NULL,
        month date NOT NULL,
        inventory integer NOT NULL,
        new_listings integer NOT NULL,
        sold integer NOT NULL,${quartiles},
        days_to_sale integer,
        timed integer NOT NULL,
        PRIMARY KEY (key, type, month)
      );
      CREATE TABLE place_market_state (
        id boolean PRIMARY KEY DEFAULT true CHECK (id),
        wanted bigint NOT NULL,
        done bigint NOT NULL,
        as_of timestamptz
      );
      COMMENT ON TABLE place_market_state IS
        'Which wish for new figures the figures fulfil: an import wishes, whoever computes them next fulfils all wishes before';
      INSERT INTO place_market_state (wanted, done) VALUES (1, 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE place_market_state, place_market_month, place_market_now, place_market');
  }
}
