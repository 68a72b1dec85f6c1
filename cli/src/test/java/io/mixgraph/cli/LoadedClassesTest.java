package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever needs little waits for little. */
class LoadedClassesTest {
    private static final Path SESSION =
            Path.of(System.getProperty("basedir", "."), "..", "examples", "first-mix", "session.yaml");

    /** FFmpeg, both databases and what is around them, the object store, and data binding. */
    private static final List<String> NOT_NEEDED = List.of(
            "org.bytedeco.",
            "org.sqlite.",
            "org.postgresql.",
            "org.flywaydb.",
            "com.zaxxer.hikari.",
            "software.amazon.",
            "tools.jackson.databind.");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plan", "render"})
    void aJobOfWaveFilesWithoutARegistryLoadsNothingForOthers(String command) throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        Path said = folder.resolve("said.txt");
        List<Object> words = command.equals("render")
                ? List.of(command, SESSION, "--out", folder.resolve("out"))
                : List.of(command, SESSION);
        Map<String, String> environment = Map.of(
                "JDK_JAVA_OPTIONS",
                "-Xlog:class+load:file=" + loaded,
                "XDG_DATA_HOME",
                folder.resolve("data").toString());
        try (ChildProcess process = ChildProcess.start(said, environment, words.toArray())) {
            assertThat(process.exitCode()).as(Files.readString(said)).isEqualTo(ExitCode.DONE);
        }
        // [0.123s][info][class,load] io.mixgraph.cli.Main source: …
        List<String> names = Files.readAllLines(loaded).stream()
                .filter(line -> line.contains(" source: "))
                .map(line -> line.replaceFirst("^.*] ", "").replaceFirst(" source: .*$", ""))
                .toList();
        assertThat(names).contains("io.mixgraph.cli.Main", "io.mixgraph.MixEngine");
        assertThat(names)
                .filteredOn(name -> NOT_NEEDED.stream().anyMatch(name::startsWith))
                .isEmpty();
    }
}
