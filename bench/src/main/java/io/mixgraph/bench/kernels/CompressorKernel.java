package io.mixgraph.bench.kernels;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.fx.Applicator;
import io.mixgraph.fx.Compressor;
import io.mixgraph.fx.Detector;
import io.mixgraph.fx.Effect;
import java.util.Objects;
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

/** A compressor, stereo, one gain for both channels: detector and applicator. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class CompressorKernel {

    private final Signal signal = new Signal(2);
    private final AudioBlock block = new AudioBlock(2, Signal.BLOCK_FRAMES);
    private final Effect effect = new Compressor(-24.0, 3.0, 10.0, 120.0, 6.0, 0.0);
    private final Detector detector = Objects.requireNonNull(effect.newDetector(Signal.STEREO));
    private final Applicator applicator = effect.newApplicator(Signal.STEREO);
    private final double[][] curves = new double[effect.curveCount()][Signal.BLOCK_FRAMES];

    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public AudioBlock perFrame() {
        for (AudioBlock next : signal.blocks()) {
            block.copyFrom(next, Signal.BLOCK_FRAMES);
            detector.detect(block, Signal.BLOCK_FRAMES, curves);
            applicator.apply(block, Signal.BLOCK_FRAMES, curves);
        }
        return block;
    }

    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public double[][] detectorPerFrame() {
        for (AudioBlock next : signal.blocks()) {
            detector.detect(next, Signal.BLOCK_FRAMES, curves);
        }
        return curves;
    }
}
