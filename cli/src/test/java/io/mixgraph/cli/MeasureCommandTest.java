package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MeasureCommandTest {
    @TempDir
    Path folder;

    /** ITU-R BS.1770-5, annex 1: a full-scale sine at 997 Hz in one front channel reads -3.01 LKFS. */
    @Test
    void jsonHasTheFieldsByNameAndTheStandardsFigures() throws IOException {
        Path file = Material.sine(folder.resolve("sine.wav"), 997, 0.5, 5 * Material.RATE);
        Invocation run = Invocation.of("measure", "--json", file);

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().size()).isEqualTo(1);
        JsonNode measured = run.json().path(0);
        assertThat(measured.propertyNames())
                .containsExactly(
                        "file",
                        "integrated_lufs",
                        "loudness_range_lu",
                        "true_peak_dbtp",
                        "sample_peak_dbfs",
                        "max_momentary_lufs",
                        "max_short_term_lufs",
                        "threshold_lufs");
        assertThat(measured.path("file").asString()).isEqualTo(file.toString());
        double half = 20 * StrictMath.log10(0.5);
        assertThat(measured.path("integrated_lufs").asDouble()).isCloseTo(half - 3.01, within(0.1));
        assertThat(measured.path("max_momentary_lufs").asDouble()).isCloseTo(half - 3.01, within(0.1));
        assertThat(measured.path("max_short_term_lufs").asDouble()).isCloseTo(half - 3.01, within(0.1));
        assertThat(measured.path("threshold_lufs").asDouble()).isCloseTo(half - 13.01, within(0.1));
        assertThat(measured.path("loudness_range_lu").asDouble()).isCloseTo(0, within(0.1));
        assertThat(measured.path("sample_peak_dbfs").asDouble()).isCloseTo(half, within(0.01));
        assertThat(measured.path("true_peak_dbtp").asDouble()).isCloseTo(half, within(0.1));
    }

    @Test
    void silenceIsUndefinedAndNoNumber() throws IOException {
        Path file = Material.sine(folder.resolve("silence.wav"), 997, 0, Material.RATE);

        JsonNode measured = Invocation.of("measure", "--json", file).json().path(0);
        assertThat(measured.path("integrated_lufs").isNull()).isTrue();
        assertThat(measured.path("true_peak_dbtp").isNull()).isTrue();
        assertThat(Invocation.of("measure", file).out().lines().toList().get(1)).contains(" -");
    }

    @Test
    void whatCanBeMeasuredIsEvenIfTheRestCannot() throws IOException {
        Path there = Material.sine(folder.resolve("there.wav"), 997, 0.5, Material.RATE);
        Path missing = folder.resolve("missing.wav");
        Invocation run = Invocation.of("measure", "--json", missing, there);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("mixgraph: there is no file " + missing + System.lineSeparator());
        assertThat(run.json().size()).isEqualTo(1);
        assertThat(run.json().path(0).path("file").asString()).isEqualTo(there.toString());
    }
}
