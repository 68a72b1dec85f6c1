package io.mixgraph.bench.kernels;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.dsp.Pcm;
import java.util.ArrayList;
import java.util.List;
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

/** 24-bit samples from bytes and to bytes, stereo, for each frame. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class PcmKernel {

    private static final int BLOCK_BYTES = Signal.BLOCK_FRAMES * 2 * Pcm.INT24.bytes();

    private final Signal signal = new Signal(2);
    private final AudioBlock block = new AudioBlock(2, Signal.BLOCK_FRAMES);
    private final byte[] written = new byte[BLOCK_BYTES];
    private final List<byte[]> read = new ArrayList<>();

    public PcmKernel() {
        for (AudioBlock next : signal.blocks()) {
            byte[] bytes = new byte[BLOCK_BYTES];
            if (!Pcm.INT24.encode(next, Signal.BLOCK_FRAMES, bytes, 0)) {
                throw new IllegalStateException("the signal is over full scale");
            }
            read.add(bytes);
        }
    }

    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public AudioBlock decodePerFrame() {
        for (byte[] bytes : read) {
            Pcm.INT24.decode(bytes, 0, block, Signal.BLOCK_FRAMES);
        }
        return block;
    }

    @Benchmark
    @OperationsPerInvocation(Signal.FRAMES)
    public boolean encodePerFrame() {
        boolean holds = true;
        for (AudioBlock next : signal.blocks()) {
            holds &= Pcm.INT24.encode(next, Signal.BLOCK_FRAMES, written, 0);
        }
        return holds;
    }
}
