package io.mixgraph.media;

import io.mixgraph.media.database.Database;
import io.mixgraph.media.database.PostgresDatabase;
import io.mixgraph.media.database.SqliteDatabase;
import io.mixgraph.media.database.Tables;
import io.mixgraph.media.store.DamagedObjectException;
import io.mixgraph.media.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was rendered, where it came from, and its bytes. Tables in a database say what there is; a store beside it holds
 * the bytes, each content once. Bytes come before the rows that need them and go after them, so no artifact is without
 * its bytes, whenever a process ends.
 *
 * <p>Safe for use by many threads and by many processes. Failures are {@link IOException}s that say what, where and
 * what to do; those at which the request is at fault are a {@link RegistryException} that says so.
 */
public final class Registry implements Closeable {
    /** How long others may keep it busy before that is an error. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The longest names of mixes, stems and deliverables in bytes: an index of PostgreSQL takes no more. */
    private static final int LONGEST_NAME = 1000;

    /** How many objects are asked for, and deleted, at a time. */
    private static final int BATCH = 200;

    /** How a problem begins of an object whose bytes are others. */
    private static final String DAMAGED = "damaged";

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{8,}");

    private final RegistryPlace place;
    private final Database database;
    private final Opening opening;
    private final InstantSource clock;
    private @Nullable ObjectStore objects;

    private Registry(RegistryPlace place, Database database, Opening opening, InstantSource clock) {
        this.place = place;
        this.database = database;
        this.opening = opening;
        this.clock = clock;
    }

    /** How a store is opened, which is done when it is needed first: a service takes its time. */
    @FunctionalInterface
    interface Opening {
        ObjectStore open(String place) throws IOException;
    }

    /** Hears how far verifying is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called after each object.
         *
         * @param bytes of the objects that were looked at
         * @param of all
         */
        void at(long bytes, long of);
    }

    /**
     * Opens a registry, which is made when missing. The caller closes it.
     *
     * @throws IOException when it cannot be opened: it is damaged, of a newer engine, not reachable
     */
    public static Registry open(RegistryPlace place) throws IOException {
        return open(place, ObjectStore::at, InstantSource.system());
    }

    static Registry open(RegistryPlace place, Opening objects, InstantSource clock) throws IOException {
        Database database = place.server() == null
                ? SqliteDatabase.open(place.folder(), PATIENCE)
                : PostgresDatabase.open(place.server(), PATIENCE);
        return new Registry(place, database, objects, clock);
    }

    /**
     * Registers a render: stores copies of its files, then writes all of them, and the recordings they were made of, in
     * one transaction. What is registered already stays as it is. When this returns all of it is durable; when it fails
     * nothing is registered.
     */
    public Registration register(RenderRecord render) throws IOException {
        checkNames(render);
        try (Database.Hold hold = database.keeping()) {
            Steps.done("registry locked");
            ObjectStore store = objects();
            for (RenderRecord.File file : render.files()) {
                store.put(file.bytes(), file.sha256());
                Steps.done("object stored");
            }
            List<Artifact> artifacts = artifacts(render);
            Registration registration = hold.write(tables -> {
                Steps.done("transaction begun");
                tables.addAssets(render.assets());
                Steps.done("assets written");
                List<Artifact> added = tables.addArtifacts(artifacts);
                Steps.done("artifacts written");
                tables.addLineage(added);
                Steps.done("lineage written");
                return registration(tables, artifacts, added);
            });
            Steps.done("transaction committed");
            return registration;
        }
    }

    private static void checkNames(RenderRecord render) throws RegistryException {
        checkName("the name of the mix", render.session());
        for (RenderRecord.File file : render.files()) {
            checkName("the name of " + file.path(), file.name());
        }
    }

    private static void checkName(String what, String name) throws RegistryException {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw RegistryException.request(
                    what + " is longer than " + LONGEST_NAME + " bytes, too long to be registered: give a shorter one");
        }
    }

    private List<Artifact> artifacts(RenderRecord render) {
        Instant now = Tables.kept(clock.instant());
        List<String> ids =
                render.files().stream().map(file -> ArtifactId.of(render, file)).toList();
        List<Artifact> artifacts = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            RenderRecord.File file = render.files().get(i);
            artifacts.add(new Artifact(
                    ids.get(i),
                    file.kind(),
                    file.name(),
                    file.path(),
                    file.sha256(),
                    file.size(),
                    file.format(),
                    file.startFrame(),
                    file.endFrame(),
                    file.sampleRate(),
                    render.session(),
                    render.graphHash(),
                    file.nodeDigest(),
                    render.engineVersion(),
                    render.dspRevision(),
                    file.assets(),
                    file.parents().stream().map(ids::get).toList(),
                    render.meta(),
                    now));
        }
        return artifacts;
    }

    private static Registration registration(Tables tables, List<Artifact> artifacts, List<Artifact> added) {
        List<String> ids = artifacts.stream().map(Artifact::id).toList();
        Map<String, Artifact> written = byId(tables.artifacts(ids));
        return new Registration(
                ids.stream().map(written::get).toList(),
                added.stream().map(artifact -> written.get(artifact.id())).toList());
    }

    private static Map<String, Artifact> byId(List<Artifact> artifacts) {
        Map<String, Artifact> byId = new HashMap<>();
        artifacts.forEach(artifact -> byId.put(artifact.id(), artifact));
        return byId;
    }

    /**
     * An artifact by its id, or by its first four digits or more.
     *
     * @throws RegistryException when it is no id, or the beginning of several
     */
    public Optional<Artifact> get(String id) throws IOException {
        String start = ArtifactId.start(id);
        return database.read(tables -> {
            Optional<String> found = whole(tables, start);
            return found.isEmpty()
                    ? Optional.empty()
                    : tables.artifacts(List.of(found.get())).stream().findFirst();
        });
    }

    private static Optional<String> whole(Tables tables, String start) throws RegistryException {
        List<String> ids = tables.ids(start, 5);
        if (ids.size() > 1) {
            String candidates = String.join(", ", ids.subList(0, Math.min(4, ids.size())));
            throw RegistryException.request(start + " is the beginning of several ids, " + candidates
                    + (ids.size() > 4 ? " and more" : "") + ": give more digits");
        }
        return ids.stream().findFirst();
    }

    /** A recording by the SHA-256 of its bytes. */
    public Optional<Asset> asset(String sha256) throws IOException {
        return database.read(tables -> tables.assets(List.of(sha256)).stream().findFirst());
    }

    /**
     * The artifacts that a query asks for, the last registered first.
     *
     * @throws RegistryException when its hash is none
     */
    public List<Artifact> find(ArtifactQuery query) throws IOException {
        String hash = query.hash() == null ? null : query.hash().toLowerCase(Locale.ROOT);
        if (hash != null && !HASH.matcher(hash).matches()) {
            throw RegistryException.request(
                    "\"" + query.hash() + "\" is no hash: give its hexadecimal digits, the first eight or more");
        }
        ArtifactQuery exact = new ArtifactQuery(
                query.kind(),
                query.session(),
                query.name(),
                hash,
                query.from(),
                query.until(),
                query.limit(),
                query.offset());
        return database.read(tables -> tables.find(exact));
    }

    /**
     * What an artifact was made of and what was made of it.
     *
     * @param id whole, or its beginning
     * @throws RegistryException when there is no such artifact
     */
    public Lineage lineage(String id) throws IOException {
        String start = ArtifactId.start(id);
        return database.read(tables -> {
            Artifact artifact = existing(tables, start);
            List<Artifact> up = tables.artifacts(tables.ancestors(List.of(artifact.id())));
            List<Artifact> down = new ArrayList<>(tables.artifacts(tables.descendants(List.of(artifact.id()))));
            // What something was made of was registered before it.
            Collections.reverse(down);
            Set<String> recordings = new LinkedHashSet<>(artifact.assets());
            up.forEach(one -> recordings.addAll(one.assets()));
            return new Lineage(artifact, tables.assets(List.copyOf(recordings)), up, down);
        });
    }

    private Artifact existing(Tables tables, String start) throws RegistryException {
        Optional<String> id = whole(tables, start);
        if (id.isEmpty()) {
            throw RegistryException.request("no artifact in " + place + " has an id that begins with " + start);
        }
        return tables.artifacts(List.of(id.get())).get(0);
    }

    /**
     * Removes artifacts from the tables. Their bytes stay until {@link #collect}.
     *
     * @param ids whole, or their beginnings
     * @param descendants whether what was made of them goes as well
     * @return those that were removed, the last registered first
     * @throws RegistryException when one is not there, or when something else was made of one and is to stay; then none
     *     is removed
     */
    public List<Artifact> remove(List<String> ids, boolean descendants) throws IOException {
        List<String> starts = new ArrayList<>();
        for (String id : ids) {
            starts.add(ArtifactId.start(id));
        }
        try (Database.Hold hold = database.keeping()) {
            return hold.write(tables -> {
                Set<String> removed = new LinkedHashSet<>();
                for (String start : starts) {
                    removed.add(existing(tables, start).id());
                }
                List<String> made = tables.descendants(removed);
                if (!descendants && !made.isEmpty()) {
                    throw stays(tables.artifacts(made));
                }
                removed.addAll(made);
                List<Artifact> artifacts = tables.artifacts(removed);
                tables.remove(removed);
                return artifacts;
            });
        }
    }

    private static RegistryException stays(List<Artifact> made) {
        String names = made.stream()
                .limit(5)
                .map(artifact -> artifact.path() + " (" + artifact.id().substring(0, 8) + ")")
                .collect(Collectors.joining(", "));
        return RegistryException.request(names + (made.size() > 5 ? " and " + (made.size() - 5) + " more" : "")
                + (made.size() == 1 ? " was" : " were")
                + " made of what is to be removed: remove that too, or all descendants with it (--descendants)");
    }

    /**
     * Deletes the objects that no artifact needs, and forgets the recordings that none was made of.
     *
     * @throws RegistryException also while a damaged registry lies aside, to which objects may belong
     */
    public Garbage collect() throws IOException {
        try (Database.Hold hold = database.deleting()) {
            hold.write(tables -> {
                tables.removeUnusedAssets();
                return true;
            });
        }
        ObjectStore store = objects();
        List<ObjectStore.Stored> strays = strays(store);
        long deleted = 0;
        long bytes = 0;
        // Others register between the batches, perhaps just these bytes: they are asked for again.
        for (int start = 0; start < strays.size(); start += BATCH) {
            List<ObjectStore.Stored> batch = strays.subList(start, Math.min(strays.size(), start + BATCH));
            try (Database.Hold hold = database.deleting()) {
                for (ObjectStore.Stored stray : hold.<List<ObjectStore.Stored>>write(tables -> strays(tables, batch))) {
                    store.delete(stray.sha256());
                    deleted++;
                    bytes += stray.size();
                }
            }
        }
        return new Garbage(deleted, bytes);
    }

    private List<ObjectStore.Stored> strays(ObjectStore store) throws IOException {
        List<ObjectStore.Stored> strays = new ArrayList<>();
        List<ObjectStore.Stored> batch = new ArrayList<>();
        try {
            store.list(stored -> {
                batch.add(stored);
                if (batch.size() == BATCH) {
                    addStrays(batch, strays);
                }
            });
            addStrays(batch, strays);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return strays;
    }

    private void addStrays(List<ObjectStore.Stored> batch, List<ObjectStore.Stored> strays) {
        try {
            strays.addAll(database.<List<ObjectStore.Stored>>read(tables -> strays(tables, batch)));
            batch.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ObjectStore.Stored> strays(Tables tables, List<ObjectStore.Stored> batch) {
        Set<String> needed = tables
                .neededOf(batch.stream().map(ObjectStore.Stored::sha256).toList())
                .stream()
                .map(Tables.Needed::sha256)
                .collect(Collectors.toSet());
        return batch.stream()
                .filter(stored -> !needed.contains(stored.sha256()))
                .toList();
    }

    /**
     * Compares the registry with its store: whether every object is there, has its size and, when its bytes are read,
     * its digest.
     *
     * @param bytes whether they are read, which takes its time
     * @throws RegistryException also when the database itself is damaged
     */
    public Verification verify(boolean bytes, Progress progress) throws IOException {
        database.check();
        ObjectStore store = objects();
        long of = database.read(Tables::bytes);
        List<Verification.Fault> faults = new ArrayList<>();
        long artifacts = 0;
        long objects = 0;
        long looked = 0;
        long read = 0;
        String after = "";
        while (true) {
            String last = after;
            List<Tables.Needed> batch = database.read(tables -> tables.needed(last, BATCH));
            if (batch.isEmpty()) {
                break;
            }
            for (Tables.Needed object : batch) {
                String problem = sizeProblem(store, object);
                if (problem == null && bytes) {
                    problem = bytesProblem(store, object);
                    read += object.size();
                }
                if (problem != null && isNeeded(object)) {
                    faults.add(new Verification.Fault(object.sha256(), problem, object.artifacts()));
                }
                artifacts += object.artifacts().size();
                objects++;
                looked += object.size();
                progress.at(looked, Math.max(looked, of));
                after = object.sha256();
            }
        }
        return new Verification(artifacts, objects, read, faults, strays(store).size());
    }

    private static @Nullable String sizeProblem(ObjectStore store, Tables.Needed object) throws IOException {
        long size = store.size(object.sha256());
        if (size < 0) {
            return "missing";
        }
        return size == object.size() ? null : DAMAGED + ": it has " + size + " bytes instead of " + object.size();
    }

    private static @Nullable String bytesProblem(ObjectStore store, Tables.Needed object) {
        // The stream compares what it reads with the digest.
        try (InputStream in = store.open(object.sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return null;
        } catch (DamagedObjectException e) {
            return DAMAGED + ": its bytes are not those that were stored";
        } catch (IOException e) {
            return "cannot be read: " + e.getMessage();
        }
    }

    /** Whether it still is: it may have been removed and collected meanwhile. */
    private boolean isNeeded(Tables.Needed object) throws IOException {
        return !database.read(tables -> tables.neededOf(List.of(object.sha256())))
                .isEmpty();
    }

    /**
     * Deletes the objects that were found damaged, so that they are stored again when their render is registered again.
     * Each is looked at once more, while nobody registers: it may have been stored anew meanwhile. What only could not
     * be read stays.
     *
     * @return how many were deleted
     * @throws RegistryException also while a damaged registry lies aside
     */
    public int deleteDamaged(Verification found) throws IOException {
        ObjectStore store = objects();
        int deleted = 0;
        for (Verification.Fault fault : found.faults()) {
            try (Database.Hold hold = database.deleting()) {
                for (Tables.Needed object :
                        hold.<List<Tables.Needed>>write(tables -> tables.neededOf(List.of(fault.sha256())))) {
                    String size = sizeProblem(store, object);
                    String problem = size == null ? bytesProblem(store, object) : size;
                    if (problem != null && problem.startsWith(DAMAGED)) {
                        store.delete(object.sha256());
                        deleted++;
                    }
                }
            }
        }
        return deleted;
    }

    /**
     * Stores the bytes of artifacts again, in place of an object that is missing or damaged.
     *
     * @param sha256 of the bytes
     * @param file that holds them; it is copied
     * @throws RegistryException when no artifact needs them
     */
    public void restore(String sha256, Path file) throws IOException {
        try (Database.Hold hold = database.keeping()) {
            if (hold.<List<Tables.Needed>>write(tables -> tables.neededOf(List.of(sha256)))
                    .isEmpty()) {
                throw RegistryException.request(
                        "no artifact in " + place + " has the bytes with the SHA-256 " + sha256);
            }
            objects().replace(file, sha256);
        }
    }

    /** The store of its bytes, which is closed with it. */
    public synchronized ObjectStore objects() throws IOException {
        ObjectStore opened = objects;
        if (opened == null) {
            opened = opening.open(place.objects());
            objects = opened;
        }
        return opened;
    }

    /** Closes database and store. */
    @Override
    public synchronized void close() throws IOException {
        try {
            if (objects != null) {
                objects.close();
            }
        } finally {
            objects = null;
            database.close();
        }
    }

    /** Where it is, without a password. */
    @Override
    public String toString() {
        return place.toString();
    }

    /** Says each step of registering as it is done. Whoever only reads does not wait for a logger. */
    private static final class Steps {
        private static final System.Logger LOGGER = System.getLogger("io.mixgraph.steps");

        static void done(String step) {
            LOGGER.log(System.Logger.Level.TRACE, step);
        }
    }
}
