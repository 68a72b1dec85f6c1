package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is registered is found, traced, given back and checked; what goes wrong is said. */
class ArtifactsCommandTest {
    @TempDir
    Path folder;

    private Path registry;
    private Path out;
    private Path session;

    @BeforeEach
    void band() throws IOException {
        registry = folder.resolve("registry");
        out = folder.resolve("out");
        session = Material.document(
                folder,
                "band.yaml",
                Material.band(folder)
                        + "output: {deliverables: [{id: instrumental, except: [vocals]}, {id: copy, format: flac}]}\n");
    }

    private Invocation render() {
        return Invocation.of("render", session, "--out", out, "--register", "--registry", registry);
    }

    private Invocation artifacts(Object... args) {
        return Invocation.of(
                Stream.concat(Stream.concat(Stream.of("artifacts"), Stream.of(args)), Stream.of("--registry", registry))
                        .toArray());
    }

    private JsonNode list(Object... args) {
        return artifacts(Stream.concat(Stream.concat(Stream.of("list"), Stream.of(args)), Stream.of("--json"))
                        .toArray())
                .json();
    }

    private JsonNode one(String kind, String name) {
        JsonNode found = list("--kind", kind, "--name", name);
        assertThat(found).as(kind + " " + name).hasSize(1);
        return found.get(0);
    }

    @Test
    void everyFileOfARenderIsRegisteredUnderItsDigest() throws Exception {
        Invocation render = render();
        assertThat(render.err()).isEmpty();
        assertThat(render.exitCode()).isZero();
        assertThat(render.out()).contains("registered 8 artifacts, 8 of them new, in " + registry);

        JsonNode all = list();
        List<String> paths = new ArrayList<>();
        for (JsonNode artifact : all) {
            Path file = out.resolve(artifact.path("path").asString());
            paths.add(artifact.path("path").asString());
            assertThat(artifact.path("sha256").asString()).isEqualTo(Digest.sha256(file));
            assertThat(artifact.path("size").asLong()).isEqualTo(Files.size(file));
            assertThat(artifact.path("session").asString()).isEqualTo("Band");
            assertThat(artifact.path("start_frame").asLong()).isZero();
            assertThat(artifact.path("end_frame").asLong()).isPositive();
        }
        assertThat(paths)
                .containsExactlyInAnyOrder(
                        "stems/drums.wav",
                        "stems/bass.wav",
                        "stems/vocals.wav",
                        "stems/other.wav",
                        "master.wav",
                        "deliverables/instrumental.wav",
                        "deliverables/copy.flac",
                        "report.json");
        JsonNode report = Invocation.json(Files.readString(out.resolve("report.json")));
        JsonNode master = one("audio_master", "master");
        assertThat(master.path("graph_hash")).isEqualTo(report.path("graph_hash"));
        assertThat(master.path("meta").path("loudnorm_metrics")).isEqualTo(report.path("loudnorm_metrics"));
        assertThat(master.path("meta").path("bus_map")).isEqualTo(report.path("bus_map"));
        assertThat(one("audio_bus_stem", "drums").path("node_digest").asString())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void lineageLeadsFromRecordingsToTheReport() throws Exception {
        render();
        String drums = one("audio_bus_stem", "drums").path("id").asString();
        JsonNode lineage = artifacts("lineage", drums, "--json").json();
        assertThat(names(lineage.path("assets"))).containsExactly("kick.wav");
        assertThat(lineage.path("assets").get(0).path("sha256").asString())
                .isEqualTo(Digest.sha256(folder.resolve("kick.wav")));
        assertThat(lineage.path("up")).isEmpty();
        assertThat(names(lineage.path("down"))).containsExactlyInAnyOrder("master", "instrumental", "copy", "report");

        String instrumental =
                one("audio_deliverable", "instrumental").path("id").asString();
        JsonNode up = artifacts("lineage", instrumental, "--json").json();
        assertThat(names(up.path("up"))).containsExactlyInAnyOrder("drums", "bass", "other");
        JsonNode copy = artifacts(
                        "lineage", one("audio_deliverable", "copy").path("id").asString(), "--json")
                .json();
        assertThat(names(copy.path("up"))).containsExactlyInAnyOrder("drums", "bass", "vocals", "other", "master");
        assertThat(artifacts("lineage", drums.substring(0, 8)).out())
                .contains("kick.wav", "audio_master master", "Made of it");
    }

    private static Set<String> names(JsonNode list) {
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode one : list) {
            names.add(one.path("name").asString());
        }
        return names;
    }

    @Test
    void whatIsExportedHasTheBytesOfTheRender() throws Exception {
        render();
        String id = one("audio_master", "master").path("id").asString();
        Path copies = folder.resolve("copies");
        Invocation export = artifacts("export", id.substring(0, 10), "--out", copies);
        assertThat(export.exitCode()).isZero();
        assertThat(copies.resolve("master.wav")).hasSameBinaryContentAs(out.resolve("master.wav"));

        Invocation again = artifacts("export", id, "--out", copies);
        assertThat(again.exitCode()).isEqualTo(3);
        assertThat(again.err()).contains("master.wav is there already; --force replaces it");
        Files.writeString(copies.resolve("master.wav"), "mine");
        assertThat(artifacts("export", id, "--out", copies, "--force").exitCode())
                .isZero();
        assertThat(copies.resolve("master.wav")).hasSameBinaryContentAs(out.resolve("master.wav"));
    }

    @Test
    void showHasTheMainFiguresOfTheMix() throws Exception {
        render();
        String id = one("mix_report", "report").path("id").asString();
        assertThat(artifacts("show", id).out())
                .contains("Band: mix_report", id, "-14.0 LUFS, asked for -14", "dBTP, ceiling -1", "voice → vocals");
    }

    @Test
    void theSameRenderIsRegisteredOnce() throws Exception {
        render();
        Set<String> before = ids(list());
        Invocation again = render();
        assertThat(again.out())
                .contains("unchanged  everything stands as it was rendered before")
                .contains("registered 8 artifacts, 0 of them new");
        Invocation elsewhere = Invocation.of(
                "render", session, "--out", folder.resolve("elsewhere"), "--register", "--registry", registry);
        assertThat(elsewhere.out()).contains("0 of them new");
        assertThat(ids(list())).isEqualTo(before);
    }

    private static Set<String> ids(JsonNode list) {
        TreeSet<String> ids = new TreeSet<>();
        for (JsonNode one : list) {
            ids.add(one.path("id").asString());
        }
        return ids;
    }

    @Test
    void aStemThatIsEditedInPlaceDoesNotChangeTheStore() throws Exception {
        render();
        Path stem = out.resolve("stems/drums.wav");
        byte[] bytes = Files.readAllBytes(stem);
        bytes[bytes.length - 1] ^= 1;
        Files.write(stem, bytes);
        Invocation verify = artifacts("verify");
        assertThat(verify.out()).contains("8 artifacts in 8 objects", "all as registered");
        assertThat(verify.exitCode()).isZero();
    }

    /** Found, taken out, rendered again, and then all is well: also when the output folder is gone. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDamagedObjectIsFoundAndRenderedAgain(boolean folderThere) throws Exception {
        render();
        String id = one("audio_bus_stem", "bass").path("id").asString();
        String sha256 = one("audio_bus_stem", "bass").path("sha256").asString();
        Path object = registry.resolve("objects/" + sha256.substring(0, 2) + "/" + sha256.substring(2));
        assertThat(object).isRegularFile();
        object.toFile().setWritable(true);
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length / 2] ^= 1;
        Files.write(object, bytes);

        Invocation export = artifacts("export", id, "--out", folder.resolve("copies"));
        assertThat(export.exitCode()).isEqualTo(3);
        assertThat(folder.resolve("copies/bass.wav")).doesNotExist();
        Invocation verify = artifacts("verify");
        assertThat(verify.exitCode()).isEqualTo(4);
        assertThat(verify.err()).contains(id.substring(0, 12) + "  audio_bus_stem bass, Band", "verify --mend");
        assertThat(artifacts("verify", "--mend").exitCode()).isEqualTo(4);
        if (!folderThere) {
            out = folder.resolve("another");
        }
        assertThat(render().exitCode()).isZero();
        Invocation mended = artifacts("verify");
        assertThat(mended.err()).isEmpty();
        assertThat(mended.exitCode()).isZero();
        assertThat(artifacts("export", id, "--out", folder.resolve("copies")).exitCode())
                .isZero();
        assertThat(folder.resolve("copies/bass.wav")).hasSameBinaryContentAs(out.resolve("stems/bass.wav"));
    }

    @Test
    void whatOthersWereMadeOfIsOnlyForgottenWithThem() throws Exception {
        render();
        String vocals = one("audio_bus_stem", "vocals").path("id").asString();
        Invocation refused = artifacts("rm", vocals);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--descendants");
        assertThat(list()).hasSize(8);

        Invocation removed = artifacts("rm", vocals, "--descendants", "--json");
        assertThat(names(removed.json())).containsExactlyInAnyOrder("vocals", "master", "copy", "report");
        assertThat(list()).hasSize(4);
        JsonNode garbage = artifacts("gc", "--json").json();
        assertThat(garbage.path("objects").asLong()).isEqualTo(4);
        assertThat(artifacts("verify").exitCode()).isZero();
        assertThat(artifacts("gc", "--json").json().path("objects").asLong()).isZero();

        assertThat(render().out()).contains("registered 8 artifacts, 4 of them new");
        assertThat(artifacts("verify").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "show, ffffffff, 2, there is no artifact ffffffff",
        "show, ../x, 2, ../x",
        "list --kind song, , 2, song is no kind of artifact; there are audio_bus_stem",
        "list --hash xyz, , 2, --hash is 8 to 64 digits",
        "list --since yesterday, , 2, --since is a day or a time in UTC",
        "list --limit 0, , 2, --limit is 1 or more",
    })
    void whatCannotBeFoundIsSaid(String command, String id, int exitCode, String message) {
        render();
        List<Object> args = new ArrayList<>(List.of((Object[]) command.split(" ")));
        if (id != null) {
            args.add(id);
        }
        Invocation run = artifacts(args.toArray());
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void aRegistryThatIsNotThereIsNotMadeByLooking() {
        Invocation run = artifacts("list");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no registry at " + registry);
        assertThat(registry).doesNotExist();
    }

    @Test
    void listsAreFilteredAndPaged() throws Exception {
        render();
        assertThat(list("--kind", "audio_bus_stem")).hasSize(4);
        assertThat(list("--session", "Band")).hasSize(8);
        assertThat(list("--session", "band")).isEmpty();
        assertThat(list("--bus", "drums")).hasSize(1);
        String graph = list().get(0).path("graph_hash").asString();
        assertThat(list("--hash", graph.substring(0, 8))).hasSize(8);
        assertThat(list("--since", "2001-01-01")).hasSize(8);
        assertThat(list("--until", "2001-01-01")).isEmpty();
        JsonNode first = list("--limit", 3);
        JsonNode rest = list("--limit", 5, "--offset", 3);
        Set<String> both = ids(first);
        both.addAll(ids(rest));
        assertThat(both).isEqualTo(ids(list()));
    }

    /** Names of people's mixes are only ever data. */
    @ParameterizedTest
    @ValueSource(strings = {"../../../evil", "/etc/evil", "a\\b:c", "'; drop table artifact; --", "Ä ö %s \u202e"})
    void namesDoNotBecomePathsOrStatements(String name) throws Exception {
        Files.writeString(
                session,
                Files.readString(session).replace("name: Band", "name: \"" + name.replace("\\", "\\\\") + "\""));
        Invocation render = render();
        assertThat(render.err()).isEmpty();
        assertThat(render.exitCode()).isZero();
        assertThat(list("--session", name)).hasSize(8);
        assertThat(artifacts("verify").exitCode()).isZero();
        List<Path> top;
        try (Stream<Path> children = Files.list(folder)) {
            top = children.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        assertThat(top).containsExactlyInAnyOrder(registry, out);
    }

    @Test
    void namesDoNotSteerATerminal() throws Exception {
        Files.writeString(session, Files.readString(session).replace("name: Band", "name: \"a\\e[31mb\\nc\""));
        assertThat(render().exitCode()).isZero();
        String report = one("mix_report", "report").path("id").asString();
        assertThat(artifacts("list").out().lines()).hasSize(9);
        for (String command : List.of("list", "show " + report, "lineage " + report)) {
            assertThat(artifacts((Object[]) command.split(" ")).out())
                    .contains("a\ufffd[31mb\ufffdc")
                    .doesNotContain("\u001b");
        }
    }

    /** Ends before anything is rendered. */
    @Test
    void aRegistryThatCannotBeIsSaidFirst() throws Exception {
        Files.writeString(folder.resolve("registry"), "mine");
        Invocation run = render();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(registry.toString()).doesNotContain("\tat ");
        assertThat(out).doesNotExist();
        assertThat(registry).hasContent("mine");
    }

    @Test
    void aStoreThatCannotBeIsSaidFirst() {
        Invocation run = Invocation.of(
                "render", session, "--out", out, "--register", "--registry", registry, "--objects", session);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains(session + " is a file").doesNotContain("\tat ");
        assertThat(out).doesNotExist();
    }

    @Test
    void theVersionIsThatOfTheProgram() {
        Invocation version = Invocation.of("artifacts", "--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out())
                .isNotBlank()
                .isEqualTo(Invocation.of("--version").out());
    }

    /** The damaged file is put aside, nothing is lost, and the next command works. */
    @Test
    void aDamagedDatabaseIsPutAside() throws Exception {
        render();
        Path database = registry.resolve("registry.db");
        byte[] noise = new byte[64 * 1024];
        new java.util.Random(1).nextBytes(noise);
        Files.write(database, noise);
        Files.deleteIfExists(registry.resolve("registry.db-wal"));
        Files.deleteIfExists(registry.resolve("registry.db-shm"));
        Invocation list = artifacts("list");
        assertThat(list.exitCode()).isEqualTo(3);
        assertThat(list.err()).contains("registry.db.damaged-1").doesNotContain("\tat ");
        assertThat(registry.resolve("registry.db.damaged-1")).hasBinaryContent(noise);

        assertThat(render().exitCode()).isZero();
        assertThat(list()).hasSize(8);
        assertThat(artifacts("verify").exitCode()).isZero();
    }
}
