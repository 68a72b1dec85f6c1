package io.mixgraph.media.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.render.SignalCache;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A seeded signal of 32-bit floats of every kind, in stretches: silence of both signs, subnormals, sound, any bits. */
final class RandomSignal {
    private final AudioFormat format;
    private final double[][] samples;
    private final SplittableRandom random;

    RandomSignal(long seed) {
        this(seed, new SplittableRandom(seed).nextInt(150_000));
    }

    RandomSignal(long seed, int frames) {
        this.random = new SplittableRandom(seed);
        int channels = 1 + random.nextInt(random.nextInt(4) == 0 ? 8 : 2);
        this.format = new AudioFormat(random.nextInt(1_000, 200_000), ChannelLayout.ofCount(channels));
        this.samples = new double[channels][frames];
        for (int start = 0; start < frames; ) {
            int end = Math.min(frames, start + 1 + random.nextInt(60_000));
            int kind = random.nextInt(5);
            for (double[] channel : samples) {
                for (int i = start; i < end; i++) {
                    channel[i] = sample(kind);
                }
            }
            start = end;
        }
    }

    private float sample(int kind) {
        return switch (kind) {
            case 0 -> 0.0f;
            case 1 -> -0.0f;
            case 2 -> Float.intBitsToFloat(random.nextInt(1 << 23) | (random.nextBoolean() ? Integer.MIN_VALUE : 0));
            case 3 -> (float) random.nextDouble(-1, 1);
            default -> {
                float any = Float.intBitsToFloat(random.nextInt());
                yield Float.isNaN(any) ? 1 : any;
            }
        };
    }

    AudioFormat format() {
        return format;
    }

    int frames() {
        return samples[0].length;
    }

    double[][] samples() {
        return samples;
    }

    /** Findings of a few recordings, with texts that are hard to write down. */
    Map<String, Findings> findings() {
        Map<String, Findings> findings = new LinkedHashMap<>();
        for (int i = 0; i < frames() % 4; i++) {
            String sha256 = i % 2 == 0 ? null : "decoded" + i;
            List<String> warnings =
                    List.of("a.wav: has \\n a\nline", "ü\t\\ ", "").subList(0, i);
            findings.put("recording" + i, new Findings(sha256, warnings));
        }
        return findings;
    }

    /** Writes all of it in pieces of random length. */
    void writeTo(SignalCache.Keeping keeping) throws IOException {
        AudioBlock block = new AudioBlock(samples.length, 20_000);
        for (int start = 0; start < frames(); ) {
            int count = Math.min(1 + random.nextInt(20_000), frames() - start);
            for (int c = 0; c < samples.length; c++) {
                System.arraycopy(samples[c], start, block.channel(c), 0, count);
            }
            keeping.write(block, count);
            start += count;
        }
    }

    /** Keeps all of it where it is not kept yet. */
    void keepIn(SignalCache cache, String digest) throws IOException {
        try (SignalCache.Keeping keeping = cache.keep(digest, format, frames())) {
            if (keeping != null) {
                writeTo(keeping);
                keeping.whole(findings());
            }
        }
    }

    /** Asserts that a stream gives, in pieces of random length, every bit from a frame to the end and then no more. */
    void assertReadBy(FrameSource stream, int firstFrame) throws IOException {
        assertThat(stream.format()).isEqualTo(format);
        AudioBlock block = new AudioBlock(samples.length, 30_000);
        int at = firstFrame;
        while (at < frames()) {
            int wanted = 1 + random.nextInt(30_000);
            int count = stream.read(block, wanted);
            assertThat(count).isEqualTo(Math.min(wanted, frames() - at));
            for (int c = 0; c < samples.length; c++) {
                for (int i = 0; i < count; i++) {
                    if (Double.doubleToRawLongBits(block.channel(c)[i])
                            != Double.doubleToRawLongBits(samples[c][at + i])) {
                        throw new AssertionError("frame " + (at + i) + ", channel " + c + ": " + block.channel(c)[i]
                                + " instead of " + samples[c][at + i]);
                    }
                }
            }
            at += count;
        }
        assertThat(stream.read(block, 10)).isZero();
    }
}
