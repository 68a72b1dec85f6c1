package io.mixgraph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden renders and the laws on JVMs that are not this one: every other JDK that is installed beside it or listed
 * in the environment variable {@code MIXGRAPH_TEST_JDKS} (folders, separated as in PATH), and this one with its
 * compilers held back.
 */
class OtherJvmTest {
    private static final String GOLDEN = "io.mixgraph.GoldenTest";
    private static final String LAWS = "io.mixgraph.render.RenderLawsTest";

    @TestFactory
    Stream<DynamicTest> goldenRendersAndLawsOnEveryOtherJdk(@TempDir Path folder) throws IOException {
        List<Path> jdks = otherJdks();
        if (jdks.isEmpty()) {
            System.out.println("OtherJvmTest: no other JDK beside " + System.getProperty("java.home")
                    + " or in MIXGRAPH_TEST_JDKS, so none is tried");
        }
        return jdks.stream()
                .map(jdk -> DynamicTest.dynamicTest(
                        jdk.getFileName().toString(),
                        () -> pass(folder, jdk, List.of("-Dmixgraph.seeds=3"), GOLDEN, LAWS)));
    }

    @Test
    void theInterpreterAlone(@TempDir Path folder) throws Exception {
        pass(folder, own(), List.of("-Xint", "-Dmixgraph.seeds=1"), GOLDEN);
    }

    @Test
    void theFirstCompilerAlone(@TempDir Path folder) throws Exception {
        pass(folder, own(), List.of("-XX:TieredStopAtLevel=1", "-Dmixgraph.seeds=3"), GOLDEN, LAWS);
    }

    private static Path own() throws IOException {
        return Path.of(System.getProperty("java.home")).toRealPath();
    }

    private static List<Path> otherJdks() throws IOException {
        List<Path> candidates = new ArrayList<>();
        Path parent = own().getParent();
        if (parent != null) {
            try (Stream<Path> beside = Files.list(parent)) {
                beside.forEach(candidates::add);
            }
        }
        String listed = System.getenv("MIXGRAPH_TEST_JDKS");
        if (listed != null) {
            Arrays.stream(listed.split(System.getProperty("path.separator")))
                    .filter(path -> !path.isBlank())
                    .map(Path::of)
                    .forEach(candidates::add);
        }
        Set<Path> jdks = new TreeSet<>();
        for (Path candidate : candidates) {
            if (Files.isExecutable(java(candidate)) && !candidate.toRealPath().equals(own())) {
                jdks.add(candidate.toRealPath());
            }
        }
        return List.copyOf(jdks);
    }

    private static Path java(Path jdk) {
        Path plain = jdk.resolve("bin").resolve("java");
        return Files.isExecutable(plain) ? plain : jdk.resolve("bin").resolve("java.exe");
    }

    /** Runs test classes in a JVM of their own, in a process that ends with 0 only when all of them pass. */
    private static void pass(Path folder, Path jdk, List<String> options, String... tests) throws Exception {
        List<String> command = new ArrayList<>(List.of(java(jdk).toString(), "-Xmx512m"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--disable-banner",
                "--disable-ansi-colors",
                "--details=tree",
                "--fail-if-no-tests"));
        for (String test : tests) {
            command.add("--select-class=" + test);
        }
        Path output = Files.createTempFile(folder, "run", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(50, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        assertThat(ended).as("ended in time:%n%s", Files.readString(output)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains(" 0 tests failed");
    }
}
