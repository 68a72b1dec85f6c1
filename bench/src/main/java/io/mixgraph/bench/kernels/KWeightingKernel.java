package io.mixgraph.bench.kernels;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.loudness.WeightedEnergy;
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

/** The two filters of the loudness meter and the sum of squares behind them, stereo. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class KWeightingKernel {

    private final Signal signal = new Signal(2);
    private final WeightedEnergy energy = new WeightedEnergy(Signal.STEREO);

    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public double perFrame() {
        for (AudioBlock block : signal.blocks()) {
            energy.add(block, 0, Signal.BLOCK_FRAMES);
        }
        return energy.take();
    }
}
