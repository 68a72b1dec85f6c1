-- Recordings that renders played; the bytes are not kept.
CREATE TABLE IF NOT EXISTS asset (
    sha256      text COLLATE "C" NOT NULL PRIMARY KEY,
    name        text NOT NULL,
    size        bigint NOT NULL,
    format      text NOT NULL,
    frames      bigint NOT NULL,
    sample_rate integer NOT NULL,
    channels    integer NOT NULL
);

-- What renders made; the bytes are in the store, under sha256. A higher number was registered later, whatever clocks say.
CREATE TABLE IF NOT EXISTS artifact (
    number         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id             text COLLATE "C" NOT NULL UNIQUE,
    kind           text NOT NULL,
    name           text NOT NULL,
    path           text NOT NULL,
    sha256         text COLLATE "C" NOT NULL,
    size           bigint NOT NULL,
    format         text NOT NULL,
    start_frame    bigint NOT NULL,
    end_frame      bigint NOT NULL,
    sample_rate    integer NOT NULL,
    session        text NOT NULL,
    graph_hash     text COLLATE "C" NOT NULL,
    node_digest    text COLLATE "C",
    engine_version text NOT NULL,
    dsp_revision   integer NOT NULL,
    meta           json NOT NULL,
    created        timestamptz NOT NULL
);

CREATE INDEX IF NOT EXISTS artifact_by_kind ON artifact (kind, number);
CREATE INDEX IF NOT EXISTS artifact_by_name ON artifact (name, number);
CREATE INDEX IF NOT EXISTS artifact_by_session ON artifact (session, number);
CREATE INDEX IF NOT EXISTS artifact_by_session_and_kind ON artifact (session, kind, number);
CREATE INDEX IF NOT EXISTS artifact_by_session_and_name ON artifact (session, name, number);
CREATE INDEX IF NOT EXISTS artifact_by_sha256 ON artifact (sha256, number);
CREATE INDEX IF NOT EXISTS artifact_by_graph_hash ON artifact (graph_hash, number);
CREATE INDEX IF NOT EXISTS artifact_by_node_digest ON artifact (node_digest, number);
CREATE INDEX IF NOT EXISTS artifact_by_created ON artifact (created, number);

-- Which recordings an artifact was made of, in the order of the session.
CREATE TABLE IF NOT EXISTS artifact_asset (
    artifact text COLLATE "C" NOT NULL REFERENCES artifact (id),
    asset    text COLLATE "C" NOT NULL REFERENCES asset (sha256),
    position integer NOT NULL,
    PRIMARY KEY (artifact, position)
);

CREATE INDEX IF NOT EXISTS artifact_asset_by_asset ON artifact_asset (asset, artifact);

-- Which artifacts an artifact was made of.
CREATE TABLE IF NOT EXISTS artifact_parent (
    artifact text COLLATE "C" NOT NULL REFERENCES artifact (id),
    parent   text COLLATE "C" NOT NULL REFERENCES artifact (id),
    position integer NOT NULL,
    PRIMARY KEY (artifact, position)
);

CREATE INDEX IF NOT EXISTS artifact_parent_by_parent ON artifact_parent (parent, artifact);
