package io.mixgraph.bench.kernels;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.bench.Job;
import io.mixgraph.dsp.TruePeak;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading between samples, one channel: wherever it may matter, and everywhere. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class TruePeakKernel {

    private final Signal signal = new Signal(1);
    private final TruePeak truePeak = new TruePeak(Job.SAMPLE_RATE);

    /** As a meter reads it: where nothing can be higher than what was found before, nothing is computed. */
    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public double highestPerSample() {
        truePeak.reset();
        double highest = 0.0;
        for (AudioBlock block : signal.blocks()) {
            highest = Math.max(highest, highest(block, highest));
        }
        return highest;
    }

    /** With everything of interest. */
    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public double everyPerSample() {
        truePeak.reset();
        double highest = 0.0;
        for (AudioBlock block : signal.blocks()) {
            highest = Math.max(highest, highest(block, 0.0));
        }
        return highest;
    }

    private double highest(AudioBlock block, double interest) {
        double highest = interest;
        for (int from = 0; from < Signal.BLOCK_FRAMES; from += TruePeak.WINDOW) {
            highest = Math.max(highest, truePeak.highest(block.channel(0), from, TruePeak.WINDOW, interest));
        }
        return highest;
    }
}
