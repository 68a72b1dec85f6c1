package io.mixgraph.bench.kernels;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.bench.Job;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadCascade;
import io.mixgraph.dsp.BiquadDesign;
import java.util.List;
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

/** Filters in a row, stereo: as many as an equaliser has bands. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class BiquadKernel {

    private static final List<Biquad> SECTIONS = List.of(
            BiquadDesign.highpass(30.0, 0.707, Job.SAMPLE_RATE),
            BiquadDesign.peak(90.0, 2.0, 1.0, Job.SAMPLE_RATE),
            BiquadDesign.peak(400.0, -3.0, 1.2, Job.SAMPLE_RATE),
            BiquadDesign.peak(5000.0, 2.5, 0.8, Job.SAMPLE_RATE));

    /** How many filters. */
    @Param({"1", "2", "4"})
    public int sections = SECTIONS.size();

    private final Signal signal = new Signal(2);
    private final AudioBlock block = new AudioBlock(2, Signal.BLOCK_FRAMES);
    private BiquadCascade cascade = new BiquadCascade(SECTIONS, 2);

    @Setup
    public void design() {
        cascade = new BiquadCascade(SECTIONS.subList(0, sections), 2);
    }

    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public AudioBlock perFrame() {
        for (AudioBlock next : signal.blocks()) {
            block.copyFrom(next, Signal.BLOCK_FRAMES);
            cascade.process(block, Signal.BLOCK_FRAMES);
        }
        return block;
    }
}
