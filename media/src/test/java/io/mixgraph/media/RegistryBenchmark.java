package io.mixgraph.media;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mixgraph.media.store.ObjectStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long questions take in a registry of 100 000 artifacts, in each database. Prints a table; it fails nothing.
 *
 * <pre>{@code
 * mvn -pl media -am test -Dtest=RegistryBenchmark -Dmixgraph.large=true -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 *
 * <p>PostgreSQL is measured twice: as it was filled, when the server has not counted yet what is in the tables, and
 * after {@code ANALYZE}.
 */
class RegistryBenchmark {
    private static final int ARTIFACTS = 100_000;
    private static final int TIMES = 60;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = new Random(1);
    private final List<RenderRecord> renders = new ArrayList<>();
    private Instant now = START;

    @TempDir
    Path folder;

    @Test
    void questionsToManyArtifacts() throws Exception {
        assumeTrue(
                Boolean.getBoolean("mixgraph.large"),
                "takes minutes; -Dmixgraph.large=true runs it: 100 000 artifacts in each database");
        makeRenders();
        System.out.printf(Locale.ROOT, "| database | question | median ms | worst ms |%n| --- | --- | ---: | ---: |%n");
        RegistryPlace sqlite = RegistryPlace.parse(folder.resolve("sqlite").toString());
        fill(sqlite);
        measure("SQLite", sqlite);
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().setServerConfig("autovacuum", "off").start()) {
            RegistryPlace postgres = RegistryPlace.parse(
                            "postgresql://postgres@localhost:" + server.getPort() + "/postgres")
                    .withObjects(folder.resolve("objects").toString());
            fill(postgres);
            measure("PostgreSQL, not counted", postgres);
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE");
            }
            measure("PostgreSQL", postgres);
        }
    }

    /** Mixes of some thirty stems, each rendered again and again; all bytes are the same few. */
    private void makeRenders() throws IOException {
        List<Path> sounds = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Path file = Files.writeString(folder.resolve("sound" + i), "sound " + i, StandardCharsets.UTF_8);
            sounds.add(file);
        }
        int artifacts = 0;
        while (artifacts < ARTIFACTS) {
            int session = random.nextInt(200);
            List<Asset> assets = IntStream.range(0, 12)
                    .map(i -> session * 12 + i)
                    .mapToObj(RandomRenders::asset)
                    .toList();
            List<String> recordings = assets.stream().map(Asset::sha256).toList();
            String graph = RandomRenders.hash("graph " + renders.size());
            List<RenderRecord.File> files = new ArrayList<>();
            for (int stem = 0; stem < 30; stem++) {
                String node = RandomRenders.hash("node " + session + " " + stem + " " + random.nextInt(50));
                files.add(file(
                        ArtifactKind.AUDIO_BUS_STEM,
                        "bus" + stem,
                        sounds.get(random.nextInt(20)),
                        node,
                        recordings.subList(stem % 12, stem % 12 + 1),
                        List.of()));
            }
            List<Integer> stems = IntStream.range(0, 30).boxed().toList();
            files.add(file(ArtifactKind.AUDIO_MASTER, "master", sounds.get(0), graph, recordings, stems));
            files.add(file(ArtifactKind.MIX_REPORT, "report", sounds.get(1), graph, recordings, List.of(30)));
            renders.add(new RenderRecord(
                    "Mix " + session,
                    graph,
                    "0.1.0",
                    3,
                    assets,
                    files,
                    "{\"bus_map\": {" + "\"track\": \"drums\", ".repeat(30) + "\"kick\": \"drums\"}}"));
            artifacts += files.size();
        }
    }

    private static RenderRecord.File file(
            ArtifactKind kind, String name, Path bytes, String digest, List<String> assets, List<Integer> parents)
            throws IOException {
        return new RenderRecord.File(
                kind,
                name,
                name + ".wav",
                bytes,
                RandomRenders.hash(Files.readAllBytes(bytes)),
                Files.size(bytes),
                "wav",
                0,
                48000,
                48000,
                digest,
                assets,
                parents);
    }

    private void fill(RegistryPlace place) throws IOException {
        now = START;
        long start = System.nanoTime();
        try (Registry registry = Registry.open(place, ObjectStore::at, () -> now)) {
            for (RenderRecord render : renders) {
                now = now.plusSeconds(600);
                registry.register(render);
            }
        }
        System.err.printf(
                Locale.ROOT,
                "%s: %d renders registered in %.1f s%n",
                place,
                renders.size(),
                (System.nanoTime() - start) / 1e9);
    }

    private void measure(String database, RegistryPlace place) throws IOException {
        long opening = System.nanoTime();
        try (Registry registry = Registry.open(place)) {
            System.err.printf(Locale.ROOT, "%s: opened in %.0f ms%n", database, (System.nanoTime() - opening) / 1e6);
            List<Artifact> all = registry.find(ArtifactQuery.newest(200_000));
            long span = 600L * renders.size();
            question(database, "list: the newest 50", () -> registry.find(ArtifactQuery.newest(50)));
            question(
                    database,
                    "list: 50 far back",
                    () -> registry.find(new ArtifactQuery(null, null, null, null, null, null, 50, 90_000)));
            for (ArtifactKind kind : List.of(ArtifactKind.AUDIO_MASTER, ArtifactKind.AUDIO_DELIVERABLE)) {
                question(
                        database,
                        "find: kind " + kind.word(),
                        () -> registry.find(new ArtifactQuery(kind, null, null, null, null, null, 50, 0)));
            }
            question(
                    database,
                    "find: session",
                    () -> registry.find(new ArtifactQuery(null, one(all).session(), null, null, null, null, 50, 0)));
            question(
                    database,
                    "find: bus",
                    () -> registry.find(new ArtifactQuery(null, null, one(all).name(), null, null, null, 50, 0)));
            question(database, "find: kind, session and bus", () -> {
                Artifact like = one(all);
                return registry.find(
                        new ArtifactQuery(like.kind(), like.session(), like.name(), null, null, null, 50, 0));
            });
            question(
                    database,
                    "find: a session that is not there",
                    () -> registry.find(new ArtifactQuery(null, "No mix", null, null, null, null, 50, 0)));
            question(
                    database,
                    "find: SHA-256, of 5000",
                    () -> registry.find(new ArtifactQuery(null, null, null, one(all).sha256(), null, null, 50, 0)));
            question(
                    database,
                    "find: graph hash, 12 digits",
                    () -> registry.find(new ArtifactQuery(
                            null, null, null, one(all).graphHash().substring(0, 12), null, null, 50, 0)));
            question(database, "find: an hour", () -> {
                Instant from = START.plusSeconds(random.nextLong(span));
                return registry.find(new ArtifactQuery(null, null, null, null, from, from.plusSeconds(3600), 50, 0));
            });
            question(
                    database,
                    "find: the second half of the time",
                    () -> registry.find(
                            new ArtifactQuery(null, null, null, null, START.plusSeconds(span / 2), null, 50, 0)));
            question(
                    database,
                    "find: the first half of the time",
                    () -> registry.find(
                            new ArtifactQuery(null, null, null, null, null, START.plusSeconds(span / 2), 50, 0)));
            question(
                    database,
                    "find: all the time",
                    () -> registry.find(new ArtifactQuery(null, null, null, null, START, null, 50, 0)));
            question(database, "find: masters of an hour", () -> {
                Instant from = START.plusSeconds(random.nextLong(span));
                return registry.find(new ArtifactQuery(
                        ArtifactKind.AUDIO_MASTER, null, null, null, from, from.plusSeconds(3600), 50, 0));
            });
            question(
                    database,
                    "find: a session, all the time",
                    () -> registry.find(new ArtifactQuery(null, one(all).session(), null, null, START, null, 50, 0)));
            question(database, "get: 8 digits", () -> registry.get(one(all).id().substring(0, 8)));
            question(database, "lineage", () -> registry.lineage(one(all).id()));
        }
    }

    private Artifact one(List<Artifact> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void question(String database, String name, Question question) throws IOException {
        double[] ms = new double[TIMES];
        for (int i = -5; i < TIMES; i++) {
            long start = System.nanoTime();
            question.ask();
            if (i >= 0) {
                ms[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(ms);
        System.out.printf(Locale.ROOT, "| %s | %s | %.1f | %.1f |%n", database, name, ms[TIMES / 2], ms[TIMES - 1]);
    }

    @FunctionalInterface
    private interface Question {
        Object ask() throws IOException;
    }
}
