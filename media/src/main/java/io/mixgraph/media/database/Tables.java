package io.mixgraph.media.database;

import io.mixgraph.media.Artifact;
import io.mixgraph.media.ArtifactKind;
import io.mixgraph.media.ArtifactQuery;
import io.mixgraph.media.Asset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the tables, within one transaction. The words are those that SQLite and PostgreSQL both understand;
 * moments are text in UTC with six digits of the second, so that they sort, and PostgreSQL reads them as moments.
 */
public final class Tables {
    private static final String COLUMNS = "id, kind, name, path, sha256, size, format, start_frame, end_frame,"
            + " sample_rate, session, graph_hash, node_digest, engine_version, dsp_revision, meta, created";

    /** How many values one statement takes; both databases take more. */
    private static final int CHUNK = 500;

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Handle handle;

    Tables(Handle handle) {
        this.handle = handle;
    }

    /**
     * What is needed of an object.
     *
     * @param sha256 its digest
     * @param size its bytes
     * @param artifacts the ids of those that need it
     */
    public record Needed(String sha256, long size, List<String> artifacts) {}

    /** A moment as the tables keep it: to the microsecond. */
    public static Instant kept(Instant moment) {
        return within(moment.truncatedTo(ChronoUnit.MICROS));
    }

    /** Text as the tables keep it: a NUL and half a surrogate pair, which PostgreSQL refuses, are replaced. */
    public static String kept(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xfffd : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Writes recordings that are not there yet. */
    public void addAssets(List<Asset> assets) {
        if (assets.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO asset (sha256, name, size, format, frames, sample_rate, channels)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING");
        for (Asset asset : assets) {
            batch.bind(0, asset.sha256())
                    .bind(1, kept(asset.name()))
                    .bind(2, asset.size())
                    .bind(3, kept(asset.format()))
                    .bind(4, asset.frames())
                    .bind(5, asset.sampleRate())
                    .bind(6, asset.channels())
                    .add();
        }
        batch.execute();
    }

    /**
     * Writes artifacts that are not there yet, without what they were made of.
     *
     * @return those that were written now
     */
    public List<Artifact> addArtifacts(List<Artifact> artifacts) {
        if (artifacts.isEmpty()) {
            return List.of();
        }
        PreparedBatch batch = handle.prepareBatch("INSERT INTO artifact (" + COLUMNS + ")"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING");
        for (Artifact artifact : artifacts) {
            batch.bind(0, artifact.id())
                    .bind(1, artifact.kind().word())
                    .bind(2, kept(artifact.name()))
                    .bind(3, kept(artifact.path()))
                    .bind(4, artifact.sha256())
                    .bind(5, artifact.size())
                    .bind(6, kept(artifact.format()))
                    .bind(7, artifact.startFrame())
                    .bind(8, artifact.endFrame())
                    .bind(9, artifact.sampleRate())
                    .bind(10, kept(artifact.session()))
                    .bind(11, artifact.graphHash())
                    .bind(12, artifact.nodeDigest())
                    .bind(13, kept(artifact.engineVersion()))
                    .bind(14, artifact.dspRevision())
                    .bind(15, kept(artifact.meta()))
                    .bind(16, MOMENT.format(kept(artifact.created())))
                    .add();
        }
        int[] counts = batch.execute();
        List<Artifact> added = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                added.add(artifacts.get(i));
            }
        }
        return added;
    }

    /** Writes what artifacts were made of. */
    public void addLineage(List<Artifact> artifacts) {
        link("asset", artifacts, Artifact::assets);
        link("parent", artifacts, Artifact::parents);
    }

    private void link(String column, List<Artifact> artifacts, Function<Artifact, List<String>> from) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO artifact_" + column + " (artifact, " + column + ", position) VALUES (?, ?, ?)");
        boolean any = false;
        for (Artifact artifact : artifacts) {
            List<String> sources = from.apply(artifact);
            for (int position = 0; position < sources.size(); position++) {
                batch.bind(0, artifact.id())
                        .bind(1, sources.get(position))
                        .bind(2, position)
                        .add();
                any = true;
            }
        }
        if (any) {
            batch.execute();
        }
    }

    /** The ids that begin with some digits, in order. */
    public List<String> ids(String start, int limit) {
        return handle.createQuery("SELECT id FROM artifact WHERE id >= :start AND id < :end ORDER BY id LIMIT :limit")
                .bind("start", start)
                .bind("end", endOf(start))
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** The artifacts with these ids, the last registered first; those that are not there are left out. */
    public List<Artifact> artifacts(Collection<String> ids) {
        List<Row> rows = new ArrayList<>();
        for (List<String> chunk : chunks(ids)) {
            rows.addAll(handle.createQuery("SELECT number, " + COLUMNS + " FROM artifact WHERE id IN (<ids>)")
                    .bindList("ids", chunk)
                    .map((row, context) -> Row.of(row))
                    .list());
        }
        rows.sort((a, b) -> Long.compare(b.number, a.number));
        return complete(rows);
    }

    /** The artifacts that meet all conditions, the last registered first. */
    public List<Artifact> find(ArtifactQuery query) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        if (query.kind() != null) {
            conditions.add("kind = :kind");
            values.put("kind", query.kind().word());
        }
        if (query.session() != null) {
            conditions.add("session = :session");
            values.put("session", kept(query.session()));
        }
        if (query.name() != null) {
            conditions.add("name = :name");
            values.put("name", kept(query.name()));
        }
        // The order is that of an index, too: reading in it until enough is found is best, but for ranges. Few may be
        // in
        // one, and far back; so all in it are found first. The plus keeps the databases from the other way.
        String order = query.hash() == null && query.from() == null && query.until() == null ? "number" : "+number";
        if (query.hash() != null) {
            conditions.add("(sha256 >= :hash AND sha256 < :hashEnd OR graph_hash >= :hash AND graph_hash < :hashEnd"
                    + " OR node_digest >= :hash AND node_digest < :hashEnd)");
            values.put("hash", query.hash());
            values.put("hashEnd", endOf(query.hash()));
        }
        if (query.from() != null) {
            conditions.add("created >= :from");
            values.put("from", bound(query.from()));
        }
        if (query.until() != null) {
            conditions.add("created < :until");
            values.put("until", bound(query.until()));
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        if (query.from() != null || query.until() != null) {
            // Who asks for a time mostly asks for the last days: they are often among these.
            List<Artifact> late = found(
                    "(SELECT * FROM artifact ORDER BY number DESC LIMIT 1000) AS late" + where, order, query, values);
            if (late.size() == query.limit()) {
                return late;
            }
        }
        return found("artifact" + where, order, query, values);
    }

    private List<Artifact> found(String from, String order, ArtifactQuery query, Map<String, Object> values) {
        String sql = "SELECT number, " + COLUMNS + " FROM artifact WHERE number IN (SELECT number FROM " + from
                + " ORDER BY " + order + " DESC LIMIT :limit OFFSET :offset) ORDER BY number DESC";
        return complete(handle.createQuery(sql)
                .bindMap(values)
                .bind("limit", query.limit())
                .bind("offset", query.offset())
                .map((row, context) -> Row.of(row))
                .list());
    }

    /** The ids of all that these artifacts were made of, through others too, without themselves. */
    public List<String> ancestors(Collection<String> ids) {
        return closure(ids, "artifact", "parent");
    }

    /** The ids of all that was made of these artifacts, through others too, without themselves. */
    public List<String> descendants(Collection<String> ids) {
        return closure(ids, "parent", "artifact");
    }

    private List<String> closure(Collection<String> ids, String from, String to) {
        Map<String, Boolean> found = new LinkedHashMap<>();
        for (List<String> chunk : chunks(ids)) {
            handle.createQuery("WITH RECURSIVE reached (id) AS ("
                            + "SELECT " + to + " FROM artifact_parent WHERE " + from + " IN (<ids>)"
                            + " UNION SELECT p." + to + " FROM artifact_parent p JOIN reached ON p." + from
                            + " = reached.id) SELECT id FROM reached")
                    .bindList("ids", chunk)
                    .mapTo(String.class)
                    .forEach(id -> found.put(id, true));
        }
        found.keySet().removeAll(ids);
        return List.copyOf(found.keySet());
    }

    /** The recordings with these digests, in their order; those that are not there are left out. */
    public List<Asset> assets(List<String> digests) {
        Map<String, Asset> found = new HashMap<>();
        for (List<String> chunk : chunks(digests)) {
            handle.createQuery("SELECT sha256, name, size, format, frames, sample_rate, channels FROM asset"
                            + " WHERE sha256 IN (<digests>)")
                    .bindList("digests", chunk)
                    .map((row, context) -> asset(row))
                    .forEach(asset -> found.put(asset.sha256(), asset));
        }
        return digests.stream()
                .distinct()
                .flatMap(digest -> Optional.ofNullable(found.get(digest)).stream())
                .toList();
    }

    /** Deletes artifacts; nothing else may have been made of them. */
    public void remove(Collection<String> ids) {
        // All links first: in which order the artifacts go is then no matter.
        for (String table : List.of("artifact_parent", "artifact_asset")) {
            for (List<String> chunk : chunks(ids)) {
                handle.createUpdate("DELETE FROM " + table + " WHERE artifact IN (<ids>)")
                        .bindList("ids", chunk)
                        .execute();
            }
        }
        for (List<String> chunk : chunks(ids)) {
            handle.createUpdate("DELETE FROM artifact WHERE id IN (<ids>)")
                    .bindList("ids", chunk)
                    .execute();
        }
    }

    /** Deletes recordings that no artifact was made of. */
    public void removeUnusedAssets() {
        handle.execute("DELETE FROM asset WHERE NOT EXISTS"
                + " (SELECT 1 FROM artifact_asset WHERE artifact_asset.asset = asset.sha256)");
    }

    /** The bytes of all objects that artifacts need. */
    public long bytes() {
        return handle.createQuery(
                        "SELECT coalesce(sum(size), 0) FROM (SELECT DISTINCT sha256, size FROM artifact) AS object")
                .mapTo(Long.class)
                .one();
    }

    /** The objects that artifacts need, in the order of their digests, the first that come after one. */
    public List<Needed> needed(String after, int limit) {
        return neededOf(handle.createQuery(
                        "SELECT DISTINCT sha256 FROM artifact WHERE sha256 > :after ORDER BY sha256 LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
    }

    /** Those of some objects that artifacts need. */
    public List<Needed> neededOf(Collection<String> digests) {
        List<Needed> found = new ArrayList<>();
        for (List<String> chunk : chunks(digests)) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            Map<String, List<String>> artifacts = new HashMap<>();
            handle.createQuery(
                            "SELECT sha256, size, id FROM artifact WHERE sha256 IN (<digests>) ORDER BY sha256, number")
                    .bindList("digests", chunk)
                    .map((row, context) -> new Needed(row.getString(1), row.getLong(2), List.of(row.getString(3))))
                    .forEach(one -> {
                        sizes.put(one.sha256(), one.size());
                        artifacts
                                .computeIfAbsent(one.sha256(), digest -> new ArrayList<>())
                                .addAll(one.artifacts());
                    });
            sizes.forEach(
                    (digest, size) -> found.add(new Needed(digest, size, artifacts.getOrDefault(digest, List.of()))));
        }
        return found;
    }

    private List<Artifact> complete(List<Row> rows) {
        List<String> ids = rows.stream().map(row -> row.artifact.id()).toList();
        Map<String, List<String>> assets = links("asset", ids);
        Map<String, List<String>> parents = links("parent", ids);
        return rows.stream()
                .map(row -> row.artifact)
                .map(artifact -> with(
                        artifact,
                        assets.getOrDefault(artifact.id(), List.of()),
                        parents.getOrDefault(artifact.id(), List.of())))
                .toList();
    }

    private Map<String, List<String>> links(String column, List<String> ids) {
        Map<String, List<String>> found = new HashMap<>();
        for (List<String> chunk : chunks(ids)) {
            handle.createQuery("SELECT artifact, " + column + " FROM artifact_" + column
                            + " WHERE artifact IN (<ids>) ORDER BY artifact, position")
                    .bindList("ids", chunk)
                    .map((row, context) -> List.of(row.getString(1), row.getString(2)))
                    .forEach(link -> found.computeIfAbsent(link.get(0), id -> new ArrayList<>())
                            .add(link.get(1)));
        }
        return found;
    }

    private static Artifact with(Artifact artifact, List<String> assets, List<String> parents) {
        return new Artifact(
                artifact.id(),
                artifact.kind(),
                artifact.name(),
                artifact.path(),
                artifact.sha256(),
                artifact.size(),
                artifact.format(),
                artifact.startFrame(),
                artifact.endFrame(),
                artifact.sampleRate(),
                artifact.session(),
                artifact.graphHash(),
                artifact.nodeDigest(),
                artifact.engineVersion(),
                artifact.dspRevision(),
                assets,
                parents,
                artifact.meta(),
                artifact.created());
    }

    private static Asset asset(ResultSet row) throws SQLException {
        return new Asset(
                row.getString("sha256"),
                row.getString("name"),
                row.getLong("size"),
                row.getString("format"),
                row.getLong("frames"),
                row.getInt("sample_rate"),
                row.getInt("channels"));
    }

    /** What text that begins with hexadecimal digits comes before, and no other such text does. */
    private static String endOf(String digits) {
        return digits + "g";
    }

    /** The first moment that is kept at or after one: what is kept is compared with it as with the exact one. */
    private static String bound(Instant moment) {
        Instant before = within(moment).truncatedTo(ChronoUnit.MICROS);
        return MOMENT.format(before.isBefore(moment) && before.isBefore(LATEST) ? before.plusNanos(1000) : before);
    }

    private static Instant within(Instant moment) {
        return moment.isBefore(EARLIEST) ? EARLIEST : moment.isAfter(LATEST) ? LATEST : moment;
    }

    private static List<List<String>> chunks(Collection<String> values) {
        List<String> all = values.stream().distinct().toList();
        List<List<String>> chunks = new ArrayList<>();
        for (int start = 0; start < all.size(); start += CHUNK) {
            chunks.add(all.subList(start, Math.min(all.size(), start + CHUNK)));
        }
        return chunks;
    }

    /** An artifact without what it was made of, and where it is in the order. */
    private record Row(long number, Artifact artifact) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("number"),
                    new Artifact(
                            row.getString("id"),
                            ArtifactKind.of(row.getString("kind")),
                            row.getString("name"),
                            row.getString("path"),
                            row.getString("sha256"),
                            row.getLong("size"),
                            row.getString("format"),
                            row.getLong("start_frame"),
                            row.getLong("end_frame"),
                            row.getInt("sample_rate"),
                            row.getString("session"),
                            row.getString("graph_hash"),
                            row.getString("node_digest"),
                            row.getString("engine_version"),
                            row.getInt("dsp_revision"),
                            List.of(),
                            List.of(),
                            row.getString("meta"),
                            created(row.getObject("created"))));
        }

        private static Instant created(@Nullable Object value) {
            if (value instanceof Timestamp moment) {
                return moment.toInstant();
            }
            return Instant.parse(String.valueOf(value));
        }
    }
}
