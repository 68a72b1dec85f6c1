package io.mixgraph.bench.kernels;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.dsp.Mixing;
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

/** Adding into a stereo sum with gains: a stereo signal, and a mono one to both sides, for each frame. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class MixingKernel {

    private final Signal mono = new Signal(1);
    private final Signal stereo = new Signal(2);
    private final AudioBlock sum = new AudioBlock(2, Signal.BLOCK_FRAMES);

    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public AudioBlock stereoPerFrame() {
        sum.clear(Signal.BLOCK_FRAMES);
        for (AudioBlock block : stereo.blocks()) {
            Mixing.add(block.channel(0), 0.7, sum.channel(0), Signal.BLOCK_FRAMES);
            Mixing.add(block.channel(1), 0.6, sum.channel(1), Signal.BLOCK_FRAMES);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public AudioBlock monoPerFrame() {
        sum.clear(Signal.BLOCK_FRAMES);
        for (AudioBlock block : mono.blocks()) {
            Mixing.add(block.channel(0), 0.7, sum.channel(0), Signal.BLOCK_FRAMES);
            Mixing.add(block.channel(0), 0.6, sum.channel(1), Signal.BLOCK_FRAMES);
        }
        return sum;
    }
}
