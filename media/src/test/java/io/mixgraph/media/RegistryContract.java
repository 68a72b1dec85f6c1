package io.mixgraph.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.media.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry keeps to in any database. */
abstract class RegistryContract {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00.123456Z");

    @TempDir
    Path folder;

    private Path rendered;
    private RegistryPlace place;
    private Instant now = START;
    private Registry registry;

    /** A registry that is not there yet. */
    abstract RegistryPlace place(Path folder) throws Exception;

    /** Changes the tables behind the registry's back. */
    abstract void execute(RegistryPlace place, String sql) throws Exception;

    @BeforeEach
    void open() throws Exception {
        rendered = Files.createDirectories(folder.resolve("rendered"));
        place = place(folder);
        registry = opened();
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    private Registry opened() throws IOException {
        return Registry.open(place, ObjectStore::at, () -> now);
    }

    private RandomRenders renders(long seed) {
        return new RandomRenders(seed, rendered, 12);
    }

    @Test
    void whatIsRegisteredIsFoundAsItWas() throws IOException {
        RenderRecord render = renders(1).next();
        Registration registration = registry.register(render);

        assertThat(registration.added()).containsExactlyElementsOf(distinct(registration.artifacts()));
        for (int i = 0; i < render.files().size(); i++) {
            RenderRecord.File file = render.files().get(i);
            Artifact artifact = registration.artifacts().get(i);
            assertThat(artifact)
                    .isEqualTo(new Artifact(
                            ArtifactId.of(render, file),
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
                            file.parents().stream()
                                    .map(parent ->
                                            registration.artifacts().get(parent).id())
                                    .toList(),
                            render.meta(),
                            START));
            assertThat(registry.get(artifact.id())).contains(artifact);
            assertThat(registry.objects().open(file.sha256()).readAllBytes())
                    .isEqualTo(Files.readAllBytes(file.bytes()));
        }
        for (Asset asset : render.assets()) {
            assertThat(registry.asset(asset.sha256())).contains(asset);
        }
        assertThat(registry.asset(RandomRenders.hash("another"))).isEmpty();
        assertThat(registry.get("0".repeat(32))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void registeringTwiceRegistersOnce(long seed) throws IOException {
        List<Registration> first = new ArrayList<>();
        RandomRenders renders = renders(seed);
        List<RenderRecord> records = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            records.add(renders.next());
            first.add(registry.register(records.get(i)));
        }
        List<Artifact> all = all();

        now = START.plusSeconds(3600);
        try (Registry another = opened()) {
            for (int i = 0; i < 5; i++) {
                Registration again = another.register(records.get(i));
                assertThat(again.added()).isEmpty();
                assertThat(again.artifacts()).isEqualTo(first.get(i).artifacts());
            }
        }
        assertThat(all()).isEqualTo(all);
    }

    @Test
    void anIdFollowsFromAllThatAnArtifactIsAndNotFromTheMachine() throws IOException {
        RenderRecord render = renders(5).next();
        List<String> ids = new ArrayList<>();
        ids.add(ArtifactId.of(render, render.files().get(0)));
        RenderRecord other = new RenderRecord(
                render.session() + "!",
                render.graphHash(),
                render.engineVersion(),
                render.dspRevision(),
                render.assets(),
                render.files(),
                "{}");
        ids.add(ArtifactId.of(other, other.files().get(0)));

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void findAgreesWithAModel(long seed) throws IOException {
        Random random = new Random(seed);
        List<Artifact> model = new ArrayList<>();
        RandomRenders renders = renders(seed);
        for (int i = 0; i < 25; i++) {
            // Clocks jump, forwards and back.
            now = START.plusSeconds(random.nextInt(3) * 60 - 60).plusNanos(random.nextInt(3) * 1000L);
            model.addAll(registry.register(renders.next()).added());
        }
        Collections.reverse(model);
        assertThat(all()).isEqualTo(model);

        int found = 0;
        for (int i = 0; i < 150; i++) {
            Artifact like = model.get(random.nextInt(model.size()));
            String hash = Stream.of(like.sha256(), like.graphHash(), like.nodeDigest())
                    .filter(Objects::nonNull)
                    .skip(random.nextInt(2))
                    .findFirst()
                    .orElseThrow();
            ArtifactQuery query = new ArtifactQuery(
                    random.nextInt(3) == 0 ? like.kind() : null,
                    random.nextInt(3) == 0 ? like.session() : null,
                    random.nextInt(3) == 0 ? like.name() : null,
                    random.nextInt(4) == 0 ? hash.substring(0, 8 + random.nextInt(57)) : null,
                    random.nextInt(4) == 0 ? like.created().plusNanos(random.nextInt(5) * 500L - 1000) : null,
                    random.nextInt(4) == 0 ? like.created().plusNanos(random.nextInt(5) * 500L - 1000) : null,
                    1 + random.nextInt(20),
                    random.nextInt(3));
            List<Artifact> expected = model.stream()
                    .filter(artifact -> meets(artifact, query))
                    .skip(query.offset())
                    .limit(query.limit())
                    .toList();
            assertThat(registry.find(query)).as("%s", query).isEqualTo(expected);
            found += expected.size();
        }
        assertThat(found).isGreaterThan(150);
    }

    private static boolean meets(Artifact artifact, ArtifactQuery query) {
        return (query.kind() == null || query.kind() == artifact.kind())
                && (query.session() == null || query.session().equals(artifact.session()))
                && (query.name() == null || query.name().equals(artifact.name()))
                && (query.hash() == null
                        || artifact.sha256().startsWith(query.hash())
                        || artifact.graphHash().startsWith(query.hash())
                        || (artifact.nodeDigest() != null
                                && artifact.nodeDigest().startsWith(query.hash())))
                && (query.from() == null || !artifact.created().isBefore(query.from()))
                && (query.until() == null || artifact.created().isBefore(query.until()));
    }

    @Test
    void aTimeMayBeAsFarAwayAsTimeGoes() throws IOException {
        registry.register(renders(1).next());

        assertThat(registry.find(between(Instant.MIN, Instant.MAX))).hasSameSizeAs(all());
        assertThat(registry.find(between(Instant.MAX, null))).isEmpty();
        assertThat(registry.find(between(null, Instant.MIN))).isEmpty();
    }

    private static ArtifactQuery between(@Nullable Instant from, @Nullable Instant until) {
        return new ArtifactQuery(null, null, null, null, from, until, 100, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void lineageAgreesWithAModel(long seed) throws IOException {
        RandomRenders renders = renders(seed);
        Map<String, Artifact> model = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            registry.register(renders.next()).added().forEach(artifact -> model.put(artifact.id(), artifact));
        }
        for (Artifact artifact : model.values()) {
            Set<String> up = ancestors(artifact, model);
            List<String> down = model.values().stream()
                    .filter(other -> ancestors(other, model).contains(artifact.id()))
                    .map(Artifact::id)
                    .toList();
            Set<String> recordings = new HashSet<>(artifact.assets());
            up.forEach(id -> recordings.addAll(at(model, id).assets()));

            Lineage lineage = registry.lineage(artifact.id());
            assertThat(lineage.artifact()).isEqualTo(artifact);
            assertThat(lineage.up()).extracting(Artifact::id).containsExactlyInAnyOrderElementsOf(up);
            assertThat(lineage.down()).extracting(Artifact::id).containsExactlyElementsOf(down);
            assertThat(lineage.assets()).extracting(Asset::sha256).containsExactlyInAnyOrderElementsOf(recordings);
            List<String> order = lineage.up().stream().map(Artifact::id).toList();
            for (Artifact one : lineage.up()) {
                assertThat(order.subList(order.indexOf(one.id()), order.size())).containsAll(one.parents());
            }
        }
    }

    private static Set<String> ancestors(Artifact artifact, Map<String, Artifact> model) {
        Set<String> found = new LinkedHashSet<>();
        for (String parent : artifact.parents()) {
            found.add(parent);
            found.addAll(ancestors(at(model, parent), model));
        }
        return found;
    }

    private static Artifact at(Map<String, Artifact> model, String id) {
        return Objects.requireNonNull(model.get(id));
    }

    @Test
    void whatSomethingThatStaysWasMadeOfIsNotRemoved() throws IOException {
        List<Artifact> artifacts = registry.register(renders(31).next()).artifacts();
        Artifact stem = artifacts.get(0);

        assertThatThrownBy(() -> registry.remove(List.of(stem.id()), false))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("master.wav")
                .hasMessageContaining("report.json")
                .satisfies(e -> assertThat(((RegistryException) e).isRequest()).isTrue());
        assertThat(all()).hasSameSizeAs(distinct(artifacts));

        // With all that was made of it named, nothing is left that needs it.
        List<String> ids = new ArrayList<>(List.of(stem.id()));
        registry.lineage(stem.id()).down().forEach(artifact -> ids.add(artifact.id()));
        assertThat(registry.remove(ids, false)).extracting(Artifact::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(registry.get(stem.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void removingAndCollectingLeavesExactlyWhatIsNeeded(long seed) throws IOException {
        Random random = new Random(seed);
        RandomRenders renders = renders(seed);
        Map<String, Artifact> model = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            registry.register(renders.next()).added().forEach(artifact -> model.put(artifact.id(), artifact));
        }
        for (int i = 0; i < 4; i++) {
            Artifact removed = List.copyOf(model.values()).get(random.nextInt(model.size()));
            Set<String> ids = new HashSet<>(Set.of(removed.id()));
            model.values().stream()
                    .filter(other -> ancestors(other, model).contains(removed.id()))
                    .forEach(other -> ids.add(other.id()));
            assertThat(registry.remove(List.of(removed.id().substring(0, 20)), true))
                    .extracting(Artifact::id)
                    .containsExactlyInAnyOrderElementsOf(ids);
            model.keySet().removeAll(ids);
        }
        List<Artifact> left = new ArrayList<>(model.values());
        Collections.reverse(left);
        assertThat(all()).isEqualTo(left);

        Set<String> before = objects();
        Set<String> needed = new TreeSet<>(left.stream().map(Artifact::sha256).toList());
        long strays = before.stream().filter(object -> !needed.contains(object)).count();
        assertThat(verified().strays()).isEqualTo(strays);
        assertThat(registry.collect().objects()).isEqualTo(strays);
        assertThat(objects()).isEqualTo(needed);
        assertThat(verified().clean()).isTrue();
        assertThat(verified().strays()).isZero();
        assertThat(registry.collect()).isEqualTo(new Garbage(0, 0));
        Set<String> played = new HashSet<>();
        left.forEach(artifact -> played.addAll(artifact.assets()));
        for (int i = 0; i < 8; i++) {
            Asset asset = RandomRenders.asset(i);
            assertThat(registry.asset(asset.sha256()).isPresent()).isEqualTo(played.contains(asset.sha256()));
        }
    }

    @Test
    void whatWasRemovedIsRegisteredAnew() throws IOException {
        RenderRecord render = renders(51).next();
        List<Artifact> first = registry.register(render).artifacts();
        registry.remove(first.stream().map(Artifact::id).toList(), false);
        registry.collect();
        assertThat(all()).isEmpty();
        assertThat(objects()).isEmpty();

        assertThat(registry.register(render).added()).hasSameSizeAs(distinct(first));
        assertThat(verified().clean()).isTrue();
    }

    /** What was only not readable, and what was stored anew meanwhile, stays. */
    @Test
    void onlyWhatIsStillDamagedIsDeleted() throws Exception {
        registry.register(renders(62).next());
        List<String> objects = List.copyOf(objects());
        damage(objects.get(0), new byte[3]);
        Verification found = verified();
        assertThat(found.faults()).hasSize(1);
        List<Verification.Fault> faults = new ArrayList<>(found.faults());
        faults.add(new Verification.Fault(objects.get(1), "damaged: its bytes are others", List.of()));
        faults.add(new Verification.Fault(objects.get(2), "cannot be read: the network is away", List.of()));
        Verification said = new Verification(3, 3, 0, faults, 0);
        assertThat(registry.deleteDamaged(said)).isEqualTo(1);
        assertThat(objects()).containsExactlyElementsOf(objects.subList(1, objects.size()));
        assertThat(verified().faults()).extracting(Verification.Fault::problem).containsExactly("missing");
        assertThat(registry.deleteDamaged(verified())).isZero();
    }

    @Test
    void verifyingNamesWhatIsMissingOrDamagedAndRestoringMendsIt() throws IOException {
        List<Artifact> artifacts = new ArrayList<>();
        RandomRenders renders = renders(61);
        for (int i = 0; i < 6; i++) {
            artifacts.addAll(registry.register(renders.next()).added());
        }
        List<String> objects = List.copyOf(objects());
        String missing = objects.get(1);
        String changed = objects.get(2);
        String cut = objects.get(3);
        registry.objects().delete(missing);
        byte[] bytes = Files.readAllBytes(rendered.resolve(changed));
        bytes[bytes.length / 2] ^= 1;
        damage(changed, bytes);
        damage(cut, new byte[3]);

        Verification quick = registry.verify(false, (done, of) -> {});
        assertThat(quick.faults()).extracting(Verification.Fault::sha256).containsExactlyInAnyOrder(missing, cut);
        assertThat(quick.bytes()).isZero();
        List<Long> heard = new ArrayList<>();
        Verification found = registry.verify(true, (done, of) -> {
            heard.add(done);
            heard.add(of);
        });
        assertThat(found.faults())
                .extracting(Verification.Fault::sha256)
                .containsExactlyInAnyOrder(missing, changed, cut);
        for (Verification.Fault fault : found.faults()) {
            assertThat(fault.problem()).startsWith(fault.sha256().equals(missing) ? "missing" : "damaged: ");
            assertThat(fault.artifacts())
                    .containsExactlyElementsOf(artifacts.stream()
                            .filter(artifact -> artifact.sha256().equals(fault.sha256()))
                            .map(Artifact::id)
                            .toList());
        }
        assertThat(found.artifacts()).isEqualTo(artifacts.size());
        assertThat(found.objects()).isEqualTo(objects.size());
        assertThat(heard.get(heard.size() - 2)).isEqualTo(heard.get(heard.size() - 1));

        for (Verification.Fault fault : found.faults()) {
            registry.restore(fault.sha256(), rendered.resolve(fault.sha256()));
        }
        assertThat(verified().clean()).isTrue();
        assertThatThrownBy(() -> registry.restore(RandomRenders.hash("unknown"), rendered.resolve(missing)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(RandomRenders.hash("unknown"));
    }

    private void damage(String sha256, byte[] bytes) throws IOException {
        Path object = folder.resolve("objects").resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
        Files.delete(object);
        Files.write(object, bytes);
    }

    @Test
    void aClockThatGoesBackLosesAndReordersNothing() throws IOException {
        RandomRenders renders = renders(71);
        List<Artifact> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            now = START.minus(Duration.ofDays(i));
            expected.addAll(registry.register(renders.next()).added());
        }
        Collections.reverse(expected);

        assertThat(all()).isEqualTo(expected);
        assertThat(registry.find(ArtifactQuery.newest(3))).isEqualTo(expected.subList(0, 3));
    }

    @Test
    void anIdMayBeShortenedWhileItIsTheOnlyOne() throws Exception {
        RandomRenders renders = renders(81);
        Artifact one = registry.register(renders.next()).artifacts().get(0);
        String start = one.id().substring(0, 4);
        assertThat(registry.get(start)).contains(one);
        assertThat(registry.get(start.toUpperCase(Locale.ROOT))).contains(one);
        assertThat(registry.lineage(start).artifact()).isEqualTo(one);

        String other = start + (one.id().startsWith("0", 4) ? "1" : "0").repeat(28);
        execute(
                place,
                "INSERT INTO artifact (id, kind, name, path, sha256, size, format, start_frame, end_frame,"
                        + " sample_rate, session, graph_hash, engine_version, dsp_revision, meta, created) SELECT '"
                        + other
                        + "', kind, name, path, sha256, size, format, start_frame, end_frame, sample_rate, session, graph_hash,"
                        + " engine_version, dsp_revision, meta, created FROM artifact WHERE id = '" + one.id() + "'");
        assertThatThrownBy(() -> registry.get(start))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(one.id())
                .hasMessageContaining(other);
        assertThat(registry.get(one.id().substring(0, 5))).contains(one);
        for (String wrong : List.of("", "abc", "xyzw", "' OR 1", "0".repeat(33))) {
            assertThatThrownBy(() -> registry.get(wrong))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("no id");
        }
        assertThatThrownBy(() -> registry.lineage("0000000000"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("0000000000");
        assertThatThrownBy(() -> registry.find(new ArtifactQuery(null, null, null, "12345", null, null, 1, 0)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("12345");
    }

    @Test
    void aRenderOfWhichOneFileIsNotWhatItShouldBeIsNotRegistered() throws IOException {
        RenderRecord good = renders(91).next();
        List<RenderRecord.File> files = new ArrayList<>(good.files());
        RenderRecord.File last = files.get(files.size() - 1);
        Path changed = rendered.resolve("changed");
        Files.writeString(changed, "changed", StandardCharsets.UTF_8);
        files.set(
                files.size() - 1,
                new RenderRecord.File(
                        last.kind(),
                        last.name(),
                        last.path(),
                        changed,
                        RandomRenders.hash("what it should be"),
                        last.size(),
                        last.format(),
                        last.startFrame(),
                        last.endFrame(),
                        last.sampleRate(),
                        last.nodeDigest(),
                        last.assets(),
                        last.parents()));
        RenderRecord bad = new RenderRecord(
                good.session(),
                good.graphHash(),
                good.engineVersion(),
                good.dspRevision(),
                good.assets(),
                files,
                good.meta());

        assertThatThrownBy(() -> registry.register(bad)).isInstanceOf(IOException.class);
        assertThat(all()).isEmpty();
        assertThat(registry.collect().objects()).isPositive();
        assertThat(objects()).isEmpty();
    }

    @Test
    void aNameMayHoldWhatDatabasesDoNot() throws IOException {
        RenderRecord render = renders(101).next();
        String session = "a\0b\ud800c\nd😀 '; DROP TABLE artifact; --";
        RenderRecord odd = new RenderRecord(
                session,
                render.graphHash(),
                render.engineVersion(),
                render.dspRevision(),
                render.assets(),
                render.files(),
                render.meta());
        List<Artifact> registered = registry.register(odd).added();

        assertThat(registered.get(0).session()).isEqualTo("a\ufffdb\ufffdc\nd😀 '; DROP TABLE artifact; --");
        assertThat(registry.find(new ArtifactQuery(null, session, null, null, null, null, 100, 0)))
                .hasSameSizeAs(registered);
        RenderRecord endless = new RenderRecord(
                "é".repeat(501),
                render.graphHash(),
                render.engineVersion(),
                render.dspRevision(),
                render.assets(),
                render.files(),
                render.meta());
        assertThatThrownBy(() -> registry.register(endless))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("1000 bytes");
    }

    @Test
    void manyThreadsRegisterTheSameOnce() throws Exception {
        RandomRenders renders = renders(111);
        List<RenderRecord> records = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            records.add(renders.next());
        }
        List<Artifact> added = Collections.synchronizedList(new ArrayList<>());
        try (Registry another = opened()) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 6; thread++) {
                Registry mine = thread % 2 == 0 ? registry : another;
                List<RenderRecord> order = new ArrayList<>(records);
                Collections.rotate(order, thread);
                tasks.add(() -> {
                    for (RenderRecord record : order) {
                        added.addAll(mine.register(record).added());
                    }
                    return null;
                });
            }
            runAll(tasks);
        }
        assertThat(added).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all());
        assertThat(verified().clean()).isTrue();
    }

    @Test
    void nothingThatIsBeingRegisteredIsCollected() throws Exception {
        RandomRenders renders = new RandomRenders(121, rendered, 3);
        List<RenderRecord> records = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            records.add(renders.next());
        }
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            int first = thread;
            tasks.add(() -> {
                try {
                    for (int i = first; i < records.size(); i += 3) {
                        for (Artifact artifact :
                                registry.register(records.get(i)).artifacts()) {
                            assertThat(registry.objects().has(artifact.sha256()))
                                    .isTrue();
                        }
                    }
                } finally {
                    done.set(true);
                }
                return null;
            });
        }
        tasks.add(() -> {
            while (!done.get()) {
                // Removes reports only, which nothing was made of; their bytes are those of others, too.
                List<Artifact> reports =
                        registry.find(new ArtifactQuery(ArtifactKind.MIX_REPORT, null, null, null, null, null, 2, 0));
                registry.remove(reports.stream().map(Artifact::id).toList(), false);
                registry.collect();
            }
            return null;
        });
        // What was registered may be removed again before its bytes are looked for, but only reports are.
        runAll(tasks);
        assertThat(verified().clean()).isTrue();
    }

    private static void runAll(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> result : threads.invokeAll(tasks)) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aRegistryOfANewerEngineIsLeftAlone() throws Exception {
        registry.register(renders(131).next());
        List<Artifact> all = all();
        registry.close();
        execute(place, "UPDATE flyway_schema_history SET version = '7' WHERE version = '1'");

        assertThatThrownBy(this::opened)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("newer mixgraph")
                .hasMessageContaining("version 7");
        execute(place, "UPDATE flyway_schema_history SET version = '1' WHERE version = '7'");
        registry = opened();
        assertThat(all()).isEqualTo(all);
    }

    private List<Artifact> all() throws IOException {
        return registry.find(ArtifactQuery.newest(10_000));
    }

    private Verification verified() throws IOException {
        return registry.verify(true, (done, of) -> {});
    }

    private Set<String> objects() throws IOException {
        Set<String> objects = new TreeSet<>();
        registry.objects().list(stored -> objects.add(stored.sha256()));
        return objects;
    }

    private static List<Artifact> distinct(List<Artifact> artifacts) {
        return artifacts.stream().distinct().toList();
    }
}
