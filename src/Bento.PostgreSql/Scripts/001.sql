-- The status store of Bento, version 1. Whoever applies it may do so again: what is there stays.
CREATE SCHEMA IF NOT EXISTS bento;

CREATE TABLE IF NOT EXISTS bento.schema_version (
  version integer PRIMARY KEY,
  applied timestamptz NOT NULL DEFAULT now()
);

-- One row a host. The record is JSON and travels as it is; the columns beside it are what lists and counts ask for.
CREATE TABLE IF NOT EXISTS bento.host (
  fleet text COLLATE "C" NOT NULL,
  host text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  writer uuid NOT NULL,
  record text NOT NULL,
  release_epoch bigint,
  release_sequence bigint,
  last_outcome text NOT NULL,
  heartbeat timestamptz,
  PRIMARY KEY (fleet, host)
);

CREATE INDEX IF NOT EXISTS host_by_outcome ON bento.host (fleet, last_outcome, host);

-- The log of an attempt goes with the attempt.
CREATE TABLE IF NOT EXISTS bento.log (
  fleet text COLLATE "C" NOT NULL,
  host text COLLATE "C" NOT NULL,
  epoch bigint NOT NULL,
  sequence bigint NOT NULL,
  attempt integer NOT NULL,
  gzip bytea NOT NULL,
  PRIMARY KEY (fleet, host, epoch, sequence, attempt)
);

-- How many hosts have which outcome: kept as rows change, so that nobody ever counts records.
CREATE TABLE IF NOT EXISTS bento.tally (
  fleet text COLLATE "C" NOT NULL,
  outcome text COLLATE "C" NOT NULL,
  hosts bigint NOT NULL,
  PRIMARY KEY (fleet, outcome)
);

CREATE OR REPLACE FUNCTION bento.count_host() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In one order for all, so that two changes never wait for each other.
  INSERT INTO bento.tally AS tally (fleet, outcome, hosts)
  SELECT changed.fleet, changed.outcome, sum(changed.hosts)
  FROM (
    SELECT NEW.fleet, NEW.last_outcome, 1 WHERE TG_OP <> 'DELETE'
    UNION ALL
    SELECT OLD.fleet, OLD.last_outcome, -1 WHERE TG_OP <> 'INSERT'
  ) AS changed (fleet, outcome, hosts)
  GROUP BY changed.fleet, changed.outcome
  HAVING sum(changed.hosts) <> 0
  ORDER BY changed.fleet, changed.outcome
  ON CONFLICT (fleet, outcome) DO UPDATE SET hosts = tally.hosts + excluded.hosts;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER count_host AFTER INSERT OR DELETE OR UPDATE OF last_outcome ON bento.host
  FOR EACH ROW EXECUTE FUNCTION bento.count_host();

INSERT INTO bento.schema_version (version) VALUES (1) ON CONFLICT (version) DO NOTHING;
