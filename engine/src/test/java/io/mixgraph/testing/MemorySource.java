package io.mixgraph.testing;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.FrameSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A recording in memory that counts what is read of it, for tests. */
public final class MemorySource implements AudioSource {
    private final String name;
    private final AudioFormat format;
    private final double[][] samples;
    private final AtomicLong framesRead = new AtomicLong();
    private final AtomicLong opened = new AtomicLong();
    private volatile @Nullable String digest;

    public MemorySource(String name, int sampleRate, double[]... samples) {
        this.name = name;
        this.format = new AudioFormat(sampleRate, ChannelLayout.ofCount(samples.length));
        this.samples = samples;
    }

    /** Seeded white noise of ±{@code amplitude}. */
    public static MemorySource noise(
            String name, int sampleRate, int channels, int frames, double amplitude, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] samples = new double[channels][frames];
        for (double[] channel : samples) {
            for (int i = 0; i < frames; i++) {
                channel[i] = amplitude * (2 * random.nextDouble() - 1);
            }
        }
        return new MemorySource(name, sampleRate, samples);
    }

    /** Silence with one frame of full scale. */
    public static MemorySource impulse(String name, int sampleRate, int channels, int frames, int at) {
        double[][] samples = new double[channels][frames];
        for (double[] channel : samples) {
            channel[at] = 1;
        }
        return new MemorySource(name, sampleRate, samples);
    }

    /** A sine. */
    public static MemorySource sine(String name, int sampleRate, int frames, double hz, double amplitude) {
        double[] samples = new double[frames];
        for (int i = 0; i < frames; i++) {
            samples[i] = amplitude * StrictMath.sin(2 * StrictMath.PI * hz * i / sampleRate);
        }
        return new MemorySource(name, sampleRate, samples);
    }

    /** All channels, not copied. */
    public double[][] channels() {
        return samples;
    }

    public double[] channel(int channel) {
        return samples[channel];
    }

    /** How many frames all streams together have given. */
    public long framesRead() {
        return framesRead.get();
    }

    /** How many streams have been opened. */
    public long opened() {
        return opened.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public long frames() {
        return samples[0].length;
    }

    @Override
    public String digest() {
        String known = digest;
        if (known == null) {
            known = sha256();
            digest = known;
        }
        return known;
    }

    private String sha256() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (double[] channel : samples) {
                ByteBuffer bytes = ByteBuffer.allocate(8 * channel.length);
                bytes.asDoubleBuffer().put(channel);
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public FrameSource open(long firstFrame) {
        opened.incrementAndGet();
        return new FrameSource() {
            private int at = (int) firstFrame;

            @Override
            public AudioFormat format() {
                return format;
            }

            @Override
            public int read(AudioBlock block, int frames) {
                int count = Math.min(frames, samples[0].length - at);
                for (int c = 0; c < samples.length; c++) {
                    System.arraycopy(samples[c], at, block.channel(c), 0, count);
                }
                at += count;
                framesRead.addAndGet(count);
                return count;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
