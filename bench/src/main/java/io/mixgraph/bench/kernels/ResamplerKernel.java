package io.mixgraph.bench.kernels;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.bench.Job;
import io.mixgraph.dsp.ResamplerDesign;
import io.mixgraph.dsp.StreamResampler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Converting the sample rate, one channel, for each sample that goes in. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class ResamplerKernel {

    /** The rate to convert to. */
    @Param({"44100", "96000"})
    public int outputRate = 44_100;

    private final Signal signal = new Signal(1);
    private StreamResampler resampler = resampler();
    private AudioBlock output = output();

    @Setup
    public void design() {
        resampler = resampler();
        output = output();
    }

    private StreamResampler resampler() {
        return new StreamResampler(ResamplerDesign.between(Job.SAMPLE_RATE, outputRate), 1);
    }

    private AudioBlock output() {
        return new AudioBlock(1, resampler.mostFrames(Signal.BLOCK_FRAMES));
    }

    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public int perSample() {
        int made = 0;
        for (AudioBlock block : signal.blocks()) {
            made += resampler.process(block, 0, Signal.BLOCK_FRAMES, output);
        }
        return made;
    }
}
