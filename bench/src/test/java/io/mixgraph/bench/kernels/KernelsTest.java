package io.mixgraph.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class KernelsTest {
    /** Each is made, set up and run once or twice in this process; what it takes says nothing. */
    @Test
    void everyKernelRuns() throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io.mixgraph.bench.kernels")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        Stream<String> kernels = results.stream()
                .map(result -> result.getParams().getBenchmark().replaceAll(".*kernels\\.|Kernel\\..*", ""));
        assertThat(kernels.distinct())
                .containsExactlyInAnyOrder(
                        "Biquad", "Compressor", "Limiter", "TruePeak", "KWeighting", "Resampler", "Pcm", "Mixing");
    }
}
