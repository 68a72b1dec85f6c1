-- Recordings that renders played; the bytes are not kept.
CREATE TABLE IF NOT EXISTS asset (
    sha256      TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    size        INTEGER NOT NULL,
    format      TEXT    NOT NULL,
    frames      INTEGER NOT NULL,
    sample_rate INTEGER NOT NULL,
    channels    INTEGER NOT NULL
);

-- What renders made; the bytes are in the store, under sha256. A higher number was registered later, whatever clocks say.
CREATE TABLE IF NOT EXISTS artifact (
    number         INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT    NOT NULL UNIQUE,
    kind           TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    path           TEXT    NOT NULL,
    sha256         TEXT    NOT NULL,
    size           INTEGER NOT NULL,
    format         TEXT    NOT NULL,
    start_frame    INTEGER NOT NULL,
    end_frame      INTEGER NOT NULL,
    sample_rate    INTEGER NOT NULL,
    session        TEXT    NOT NULL,
    graph_hash     TEXT    NOT NULL,
    node_digest    TEXT,
    engine_version TEXT    NOT NULL,
    dsp_revision   INTEGER NOT NULL,
    meta           TEXT    NOT NULL CHECK (json_valid(meta)),
    created        TEXT    NOT NULL
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
    artifact TEXT    NOT NULL REFERENCES artifact (id),
    asset    TEXT    NOT NULL REFERENCES asset (sha256),
    position INTEGER NOT NULL,
    PRIMARY KEY (artifact, position)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS artifact_asset_by_asset ON artifact_asset (asset, artifact);

-- Which artifacts an artifact was made of.
CREATE TABLE IF NOT EXISTS artifact_parent (
    artifact TEXT    NOT NULL REFERENCES artifact (id),
    parent   TEXT    NOT NULL REFERENCES artifact (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (artifact, position)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS artifact_parent_by_parent ON artifact_parent (parent, artifact);
