package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What was rendered before is not rendered again, and nobody can hear or see the difference. */
class CachedRenderTest {
    @TempDir
    Path folder;

    private Path registry;
    private Path out;
    private Path session;

    @BeforeEach
    void band() throws IOException {
        registry = folder.resolve("registry");
        out = folder.resolve("out");
        session = Material.document(folder, "band.yaml", Material.band(folder));
    }

    private Invocation render(Object... more) {
        return Invocation.of(
                Stream.concat(Stream.of("render", session, "--out", out, "--registry", registry), Stream.of(more))
                        .toArray());
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(session);
        assertThat(text).contains(from);
        Files.writeString(session, text.replace(from, to));
    }

    private Map<String, String> withoutCache() throws IOException {
        Path plain = folder.resolve("plain");
        Invocation run = Invocation.of("render", session, "--out", plain, "--no-cache", "--registry", registry);
        assertThat(run.exitCode()).isZero();
        return Material.digests(plain);
    }

    @Test
    void anUnchangedSessionIsNotRenderedAgain() throws Exception {
        assertThat(render().exitCode()).isZero();
        Map<String, FileTime> times = times();
        Invocation again = render();
        assertThat(again.err()).isEmpty();
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("-14.0 LUFS", "unchanged  everything stands as it was rendered before");
        assertThat(times()).isEqualTo(times);
        assertThat(Material.digests(out)).isEqualTo(withoutCache());
    }

    private Map<String, FileTime> times() throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(out)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                times.put(out.relativize(file).toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    void theReportOfAnUnchangedSessionIsTheSameOnStdout() throws Exception {
        Invocation first = render("--json");
        Invocation again = render("--json");
        assertThat(again.out()).isEqualTo(first.out());
    }

    @ParameterizedTest
    @CsvSource({
        "'role: lead_vocal, source', 'role: lead_vocal, gain_db: -3, source', vocals",
        "'name: Band', 'name: Band of two', ''",
        "'target_lufs: -14', 'target_lufs: -20', ''",
        "'role: bass', 'role: bass, mute: true', bass",
        "'pan: 0.2', 'pan: 0.2, fx: [{type: reverb, decay_s: 1}]', vocals",
    })
    void onlyWhatAnEditChangesIsRendered(String from, String to, String changed) throws Exception {
        assertThat(render().exitCode()).isZero();
        edit(from, to);
        Invocation edited = render();
        assertThat(edited.err()).isEmpty();
        assertThat(edited.exitCode()).isZero();
        String line = edited.out()
                .lines()
                .filter(one -> one.contains("; rendered "))
                .findFirst()
                .orElseThrow();
        List<String> rendered =
                List.of(line.substring(line.indexOf("; rendered ") + 11).split(", "));
        assertThat(rendered)
                .containsExactlyInAnyOrder(
                        changed == null || changed.isEmpty()
                                ? new String[] {"master"}
                                : new String[] {changed, "master"});
        assertThat(Material.digests(out)).isEqualTo(withoutCache());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stems/bass.wav", "master.wav", "report.json"})
    void whatWasChangedInTheFolderIsMadeAgain(String path) throws Exception {
        render();
        Path file = out.resolve(path);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(render().exitCode()).isZero();
        assertThat(Material.digests(out)).isEqualTo(withoutCache());
        Files.delete(file);
        assertThat(render().exitCode()).isZero();
        assertThat(Material.digests(out)).isEqualTo(withoutCache());
    }

    /** As a render of everything would put it there. */
    @Test
    void aLinkInTheFolderIsReplaced() throws Exception {
        render();
        Path master = out.resolve("master.wav");
        Path elsewhere = Files.move(master, folder.resolve("elsewhere.wav"));
        Files.createSymbolicLink(master, elsewhere);
        assertThat(render().exitCode()).isZero();
        assertThat(master).isRegularFile().matches(file -> !Files.isSymbolicLink(file), "is no link");
        assertThat(Material.digests(out)).isEqualTo(withoutCache());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no mkfifo")
    void aSessionFromAPipeIsRendered() throws Exception {
        byte[] document = Files.readAllBytes(session);
        Path pipe = folder.resolve("pipe.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process writer = new ProcessBuilder("sh", "-c", "cat band.yaml > pipe.yaml")
                .directory(folder.toFile())
                .start();
        try {
            Invocation run =
                    Invocation.of("render", pipe, "--out", out, "--register", "--registry", registry, "--json");
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.json().path("document").path("sha256").asString()).isEqualTo(Digest.sha256(document));
        } finally {
            writer.destroyForcibly();
        }
    }

    /** Of the same size, with the time of before put back. */
    @Test
    void aRecordingThatIsExportedAgainIsHeard() throws Exception {
        render();
        Path voice = folder.resolve("voice.wav");
        FileTime time = Files.getLastModifiedTime(voice);
        Material.noise(voice, 77, 0.3, 3 * Material.RATE / 2);
        Files.setLastModifiedTime(voice, time);
        assertThat(render().out()).contains("rendered vocals, master");
        assertThat(Material.digests(out)).isEqualTo(withoutCache());
    }

    @Test
    void aRecordingThatIsMovedIsNoChange() throws Exception {
        render();
        Files.move(folder.resolve("voice.wav"), folder.resolve("lead.wav"));
        edit("voice.wav", "lead.wav");
        Invocation moved = render();
        assertThat(moved.out()).contains("read       drums, bass, vocals, other; rendered master");
        assertThat(Material.digests(out)).isEqualTo(withoutCache());
    }

    /** Every file of the cache, in its middle, at its start and cut short: at worst it is rendered again. */
    @Test
    void aDamagedCacheChangesNothing() throws Exception {
        render();
        Path cache = registry.resolve("cache");
        assertThat(Material.digests(cache)).isNotEmpty();
        for (int damage = 0; damage < 3; damage++) {
            try (Stream<Path> walk = Files.walk(cache)) {
                for (Path file : walk.filter(Files::isRegularFile).toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    if (bytes.length > 0 && damage < 2) {
                        bytes[damage * bytes.length / 2] ^= 4;
                        Files.write(file, bytes);
                    } else {
                        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
                    }
                }
            }
            edit("name: Band", "name: Band again");
            Invocation run = render();
            assertThat(run.exitCode()).isZero();
            assertThat(Material.digests(out)).isEqualTo(withoutCache());
            edit("name: Band again", "name: Band");
        }
    }

    @Test
    void withoutCacheNothingIsKept() throws Exception {
        Path plain = folder.resolve("plain");
        Invocation run = Invocation.of("render", session, "--out", plain, "--no-cache", "--registry", registry);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).doesNotContain("unchanged");
        assertThat(registry).doesNotExist();
    }

    @Test
    void aPlanSaysWhatIsCached() throws Exception {
        render();
        edit("role: lead_vocal, source", "role: lead_vocal, gain_db: -3, source");
        JsonNode plan =
                Invocation.of("plan", session, "--registry", registry, "--json").json();
        Map<String, String> work = new TreeMap<>();
        for (JsonNode strip : plan.path("strips")) {
            work.put(strip.path("id").asString(), strip.path("work").asString());
        }
        assertThat(work)
                .containsEntry("drums", "read")
                .containsEntry("kick", "not_needed")
                .containsEntry("vocals", "rendered")
                .containsEntry("voice", "rendered")
                .containsEntry("master", "rendered");
        assertThat(Invocation.of("plan", session, "--registry", registry).out())
                .contains("read, as it was rendered before", "not needed");
        assertThat(Invocation.of("plan", session, "--registry", registry, "--no-cache")
                        .out())
                .doesNotContain("read, as it was rendered before");
    }

    @Test
    void theCacheIsMadeSmallerAndArtifactsStay() throws Exception {
        render("--register");
        Invocation cache = Invocation.of("cache", "--registry", registry, "--json");
        assertThat(cache.json().path("entries").asLong()).isPositive();
        assertThat(Invocation.of("cache", "--registry", registry).out()).contains("signals", "total");
        Invocation gc = Invocation.of("cache", "gc", "--max-size", "0", "--registry", registry, "--json");
        assertThat(gc.exitCode()).isZero();
        assertThat(gc.json().path("entries").asLong())
                .isEqualTo(cache.json().path("entries").asLong());
        assertThat(Invocation.of("cache", "--registry", registry, "--json")
                        .json()
                        .path("bytes")
                        .asLong())
                .isZero();
        assertThat(Invocation.of("artifacts", "verify", "--registry", registry).exitCode())
                .isZero();
        edit("name: Band", "name: Another");
        assertThat(render().out()).contains("rendered   everything");
    }

    /** Nobody has to remember to make room. */
    @Test
    void theCacheDoesNotGrowBeyondWhatItMay() throws Exception {
        try (ChildProcess child = ChildProcess.start(
                folder.resolve("said.txt"),
                Map.of("MIXGRAPH_CACHE_SIZE", "1MB"),
                "render",
                session,
                "--out",
                out,
                "--registry",
                registry)) {
            assertThat(child.exitCode()).isZero();
        }
        JsonNode cache =
                Invocation.of("cache", "--registry", registry, "--json").json();
        assertThat(cache.path("bytes").asLong()).isBetween(1L, 1_000_000L);
        assertThat(Material.digests(out)).isEqualTo(withoutCache());
    }

    @Test
    void aCacheThatCannotBeMadeSmallerIsSaid() throws Exception {
        Files.createDirectories(registry);
        Path loop = registry.resolve("cache");
        Files.createSymbolicLink(loop, loop);
        Invocation gc = Invocation.of("cache", "gc", "--max-size", "0", "--registry", registry);
        assertThat(gc.exitCode()).isEqualTo(3);
        assertThat(gc.err()).contains("cache " + loop + ": cannot be read").doesNotContain("\tat ");
        Invocation cache = Invocation.of("cache", "--registry", registry);
        assertThat(cache.exitCode()).isZero();
        assertThat(cache.err()).contains("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ten", "-1", "10XB", "99999999999999999999"})
    void aSizeThatIsNoneIsSaid(String size) {
        Invocation gc = Invocation.of("cache", "gc", "--max-size=" + size, "--registry", registry);
        assertThat(gc.exitCode()).isEqualTo(2);
        assertThat(gc.err()).contains("--max-size is a size such as 10GB, 500MB or 0");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "10GB, 10000000000", "1.5 mb, 1500000", "2k, 2000", "3T, 3000000000000"})
    void sizesAreInDecimalUnits(String text, long bytes) throws Exception {
        assertThat(CacheGcCommand.bytes("--max-size", text)).isEqualTo(bytes);
    }
}
