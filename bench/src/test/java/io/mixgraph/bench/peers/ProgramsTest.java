package io.mixgraph.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.bench.Job;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ProgramsTest {
    private static final Job JOB = Job.of("24x60");
    private static final List<Program> OTHERS = Programs.all("ffmpeg8", 2);

    /** Every recording goes in once, every file of the job comes out. */
    @ParameterizedTest
    @FieldSource("OTHERS")
    void aScriptDoesTheWholeJob(Program program) {
        String script = program.script(JOB);
        for (Job.Strip strip : JOB.strips()) {
            assertThat(script).containsOnlyOnce(strip.file());
        }
        for (Job.Bus bus : JOB.buses()) {
            assertThat(script).contains(program.folder() + "/stems/" + bus.id() + ".wav");
        }
        assertThat(script).contains(program.folder() + "/master.wav");
    }

    @ParameterizedTest
    @FieldSource("OTHERS")
    void aScriptIsOneThatAShellReads(Program program, @TempDir Path folder) throws Exception {
        Path script = folder.resolve("script.sh");
        Files.writeString(script, program.script(JOB));
        Process shell = new ProcessBuilder("sh", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void idsAreDistinct() {
        List<Program> all = new ArrayList<>(OTHERS);
        all.add(new Mixgraph(Path.of("mixgraph")));
        all.add(new Floor());
        assertThat(all).extracting(Program::id).doesNotHaveDuplicates();
    }

    @Test
    void busesShareTheCores() {
        assertThat(BusFunctions.call(JOB, 2)).isEqualTo("(drums; keys) &\n(bass; pads) &\nwait\n");
        assertThat(BusFunctions.call(JOB, 8)).isEqualTo("(drums) &\n(bass) &\n(keys) &\n(pads) &\nwait\n");
    }
}
