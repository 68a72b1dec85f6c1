package io.mixgraph.testing;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderTarget;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps what a render writes, for tests. */
public final class MemoryTarget implements RenderTarget {
    private final Map<String, double[][]> files = new TreeMap<>();

    /** The samples of a file by its id, per channel. */
    public double[][] file(String id) {
        double[][] file = files.get(id);
        if (file == null) {
            throw new IllegalArgumentException("no file " + id + " among " + files.keySet());
        }
        return file;
    }

    public Map<String, double[][]> files() {
        return files;
    }

    /** SHA-256 over the bits of every sample of every file, by name. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((id, channels) -> {
                digest.update(id.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                for (double[] channel : channels) {
                    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(8 * channel.length);
                    bytes.asDoubleBuffer().put(channel);
                    digest.update(bytes);
                }
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public FileSink open(PlannedFile file) {
        Recorder recorder = new Recorder(file.format(), file.frames());
        files.put(file.id(), recorder.samples);
        return recorder;
    }

    @Override
    public Spool spool(AudioFormat format, long frames) {
        Recorder recorder = new Recorder(format, frames);
        return new Spool() {
            @Override
            public FrameSink sink() {
                return recorder;
            }

            @Override
            public AudioSource source() {
                return new MemorySource("spool", format.sampleRate(), recorder.samples);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    private static final class Recorder implements FileSink {
        private final double[][] samples;
        private int at;

        Recorder(AudioFormat format, long frames) {
            this.samples = new double[format.channels()][(int) frames];
            for (double[] channel : samples) {
                Arrays.fill(channel, Double.NaN);
            }
        }

        @Override
        public void write(AudioBlock block, int frames) {
            for (int c = 0; c < samples.length; c++) {
                System.arraycopy(block.channel(c), 0, samples[c], at, frames);
            }
            at += frames;
        }

        @Override
        public void close() {
            if (at != samples[0].length) {
                throw new IllegalStateException(at + " frames written of " + samples[0].length);
            }
        }

        @Override
        public @Nullable String sha256() {
            return null;
        }
    }
}
