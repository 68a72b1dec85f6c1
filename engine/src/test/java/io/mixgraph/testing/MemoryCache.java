package io.mixgraph.testing;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Findings;
import io.mixgraph.render.SignalCache;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A cache of signals in memory that holds a render to the rules of caches, for tests. */
public final class MemoryCache implements SignalCache {
    private static final class Signal {
        private final AudioFormat format;
        private final float[][] samples;
        private final Map<String, Findings> recordings = new TreeMap<>();

        Signal(AudioFormat format, int frames) {
            this.format = format;
            this.samples = new float[format.channels()][frames];
        }
    }

    private final Map<String, Signal> signals = new TreeMap<>();
    private final Set<String> damaged = new HashSet<>();
    private int opened;
    private int open;

    /** How many signals it has. */
    public synchronized int size() {
        return signals.size();
    }

    /** The digests of its signals. */
    public synchronized Set<String> digests() {
        return Set.copyOf(signals.keySet());
    }

    /** How many signals have been read, or begun to be. */
    public synchronized int opened() {
        return opened;
    }

    /** How many signals are being read or kept now. */
    public synchronized int open() {
        return open;
    }

    /** From now on, all that it has seems to be there and is not. */
    public synchronized void damage() {
        damaged.addAll(signals.keySet());
    }

    /** From now on, a signal seems to be there and is not. */
    public synchronized void damage(String digest) {
        damaged.add(digest);
    }

    /** Has a signal of {@code frames} frames in the place of another. */
    public synchronized void shorten(String digest, int frames) {
        signals.computeIfPresent(digest, (key, signal) -> {
            Signal shorter = new Signal(signal.format, frames);
            shorter.recordings.putAll(signal.recordings);
            return shorter;
        });
    }

    @Override
    public synchronized boolean has(String digest) {
        return signals.containsKey(digest);
    }

    @Override
    public synchronized @Nullable Recalled open(String digest) {
        Signal signal = signals.get(digest);
        if (signal == null || damaged.contains(digest)) {
            signals.remove(digest);
            damaged.remove(digest);
            return null;
        }
        opened++;
        open++;
        return new Reader(signal);
    }

    @Override
    public synchronized @Nullable Keeping keep(String digest, AudioFormat format, long frames) {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(digest);
        }
        if (signals.containsKey(digest)) {
            return null;
        }
        open++;
        return new Writer(digest, new Signal(format, (int) frames));
    }

    private synchronized void put(String digest, Signal signal) {
        signals.put(digest, signal);
    }

    private synchronized void closed() {
        open--;
    }

    private final class Reader implements Recalled {
        private final Signal signal;
        private int at;
        private boolean closed;

        Reader(Signal signal) {
            this.signal = signal;
        }

        @Override
        public AudioFormat format() {
            return signal.format;
        }

        @Override
        public long frames() {
            return signal.samples[0].length;
        }

        @Override
        public Map<String, Findings> recordings() {
            return signal.recordings;
        }

        @Override
        public int read(AudioBlock block, int frames) {
            int count = (int) Math.min(frames, frames() - at);
            for (int c = 0; c < signal.samples.length; c++) {
                for (int i = 0; i < count; i++) {
                    block.channel(c)[i] = signal.samples[c][at + i];
                }
            }
            at += count;
            return count;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                closed();
            }
        }
    }

    private final class Writer implements Keeping {
        private final String digest;
        private final Signal signal;
        private int at;
        private boolean whole;
        private boolean closed;

        Writer(String digest, Signal signal) {
            this.digest = digest;
            this.signal = signal;
        }

        @Override
        public void write(AudioBlock block, int frames) {
            if (block.channels() != signal.samples.length) {
                throw new IllegalArgumentException(block.channels() + " channels");
            }
            for (int c = 0; c < signal.samples.length; c++) {
                for (int i = 0; i < frames; i++) {
                    double x = block.channel(c)[i];
                    if (Double.doubleToLongBits((float) x) != Double.doubleToLongBits(x)) {
                        throw new IllegalArgumentException("no float");
                    }
                    signal.samples[c][at + i] = (float) x;
                }
            }
            at += frames;
        }

        @Override
        public void whole(Map<String, Findings> recordings) {
            if (at != signal.samples[0].length) {
                throw new IllegalStateException(at + " frames of " + signal.samples[0].length);
            }
            signal.recordings.putAll(recordings);
            whole = true;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                closed();
                if (whole) {
                    put(digest, signal);
                }
            }
        }
    }
}
