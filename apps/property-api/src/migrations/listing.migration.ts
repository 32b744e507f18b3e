import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndexSql, searchIndexes } from '../listing/search-indexes.ts';
import { leafLevel, mercatorEdgeM, regionLevel } from '../market/grid.ts';
import { priceBandEdges } from '../market/price-bands.ts';

const mercatorX = `(lon * ${mercatorEdgeM} / 180)`;
const mercatorY = `(ln(tan((90 + greatest(-85.05112877980659, least(85.05112877980659, lat))) * pi() / 360)) / (pi() / 180) * ${mercatorEdgeM} / 180)`;

/** A tile's number as `grid.ts` has it. */
function tile(level: number): string {
  const size = 2 ** level;
  const column = `least(${size - 1}, greatest(0, floor((lon + 180) / 360 * ${size})))::int`;
  const row = `least(${size - 1}, greatest(0, floor((${mercatorEdgeM} - ${mercatorY}) / ${2 * mercatorEdgeM} * ${size})))::int`;
  return `(${row} * ${size} + ${column})`;
}

/** Listings, their history, and what is computed from them: the cell aggregates and the gazetteer. */
export class Listing1767225600001 implements MigrationInterface {
  name = 'Listing1767225600001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE property_type AS ENUM ('plot', 'house', 'flat', 'commercial');
      CREATE TYPE listing_status AS ENUM ('draft', 'published', 'sold', 'archived');
      CREATE TYPE area_unit AS ENUM ('sqft', 'sqm', 'cent', 'acre');

      CREATE TABLE listing (
        id uuid PRIMARY KEY,
        version integer NOT NULL DEFAULT 1,
        title text NOT NULL,
        description text NOT NULL,
        type property_type NOT NULL,
        status listing_status NOT NULL,
        blocked_at timestamptz,
        price_minor bigint NOT NULL CHECK (price_minor >= 0),
        currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        price_negotiable boolean NOT NULL DEFAULT false,
        price_changed_at timestamptz,
        price_before_minor bigint,
        area_value double precision CHECK (area_value > 0),
        area_unit area_unit,
        area_sqm double precision,
        beds smallint CHECK (beds BETWEEN 0 AND 50),
        baths double precision CHECK (baths BETWEEN 0 AND 50),
        address text,
        city text,
        locality text,
        postal_code text,
        lat double precision CHECK (lat BETWEEN -90 AND 90),
        lon double precision CHECK (lon BETWEEN -180 AND 180),
        year_built smallint,
        year_renovated smallint,
        ownership_count smallint,
        selling_reason text,
        nearby_places text[] NOT NULL DEFAULT '{}',
        parking_spaces smallint,
        furnishing text,
        facing text,
        listed_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        feed text,
        external_id text,
        content_hash text,
        words tsvector NOT NULL,
        place_keys text[] NOT NULL,
        is_public boolean NOT NULL GENERATED ALWAYS AS (status = 'published' AND blocked_at IS NULL) STORED,
        loc point GENERATED ALWAYS AS (point(${mercatorX}, ${mercatorY})) STORED,
        c${regionLevel} integer GENERATED ALWAYS AS ${tile(regionLevel)} STORED,
        c${leafLevel} integer GENERATED ALWAYS AS ${tile(leafLevel)} STORED,
        price_band smallint NOT NULL GENERATED ALWAYS AS
          (width_bucket(price_minor, '{${priceBandEdges.join(',')}}'::bigint[])) STORED,
        UNIQUE (feed, external_id),
        CHECK ((lat IS NULL) = (lon IS NULL)),
        CHECK ((area_value IS NULL) = (area_sqm IS NULL) AND (area_value IS NULL) = (area_unit IS NULL))
      ) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02,
              autovacuum_analyze_scale_factor = 0.02);
      ALTER TABLE listing ALTER COLUMN words SET STATISTICS 1000, ALTER COLUMN place_keys SET STATISTICS 1000;

      CREATE TABLE listing_history (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        listing_id uuid NOT NULL REFERENCES listing ON DELETE CASCADE,
        at timestamptz NOT NULL,
        kind text NOT NULL CHECK (kind IN ('listed', 'price', 'status')),
        price_from_minor bigint,
        price_to_minor bigint,
        status_from listing_status,
        status_to listing_status
      );
      CREATE INDEX listing_history_listing ON listing_history (listing_id, at, seq);
      CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$;
      CREATE TRIGGER listing_history_append_only BEFORE UPDATE ON listing_history
        FOR EACH ROW EXECUTE FUNCTION keep_history();
      -- A listing that is erased takes its history along; that delete comes out of a trigger.
      CREATE TRIGGER listing_history_no_delete BEFORE DELETE ON listing_history
        FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION keep_history();

      CREATE TABLE market_cell (
        level smallint NOT NULL,
        cell integer NOT NULL,
        currency text NOT NULL,
        type property_type NOT NULL,
        beds smallint NOT NULL,
        price_band smallint NOT NULL,
        listings integer NOT NULL,
        sum_x double precision NOT NULL,
        sum_y double precision NOT NULL,
        min_price_minor bigint NOT NULL,
        max_price_minor bigint NOT NULL,
        PRIMARY KEY (level, cell, currency, type, beds, price_band)
      );
      COMMENT ON TABLE market_cell IS
        'Public listings counted by map cell and the facts that facets count; level 0 is everything, located or not; beds -1 is unknown';

      CREATE TABLE place (
        kind text NOT NULL CHECK (kind IN ('city', 'locality', 'postal_code')),
        key text NOT NULL,
        name text NOT NULL,
        label text NOT NULL,
        listings integer NOT NULL,
        located integer NOT NULL,
        lat double precision,
        lon double precision,
        west double precision,
        south double precision,
        east double precision,
        north double precision,
        PRIMARY KEY (kind, key)
      );
      CREATE INDEX place_prefix ON place (key text_pattern_ops);
      CREATE INDEX place_largest ON place (listings DESC);`);
    for (const name of Object.keys(searchIndexes)) await runner.query(createIndexSql(name));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE place, market_cell, listing_history, listing;
      DROP FUNCTION keep_history;
      DROP TYPE property_type, listing_status, area_unit`);
  }
}
