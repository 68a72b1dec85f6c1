package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ForwardingSource;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import io.mixgraph.render.RenderMonitor.Stage;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A render that is asked to stop does so at once, whatever it is doing. */
class StoppedRenderTest {
    private static final int RATE = 48_000;
    private static final int FRAMES = RATE;
    private static final int BLOCK = 1024;
    private static final int TRACKS = 3;
    private static final int PIECES = 9;

    /** What is read and written: frames of recordings, spools and files, and pieces of files that are finished. */
    private final AtomicLong work = new AtomicLong();

    /** What may be done between two questions whether to stop: a block of everything. */
    private static final long MOST_WORK = 8 * BLOCK + RATE / 4;

    @Test
    void everyStageAsksOftenAndSaysHowFarItIs() throws Exception {
        Watch watch = new Watch(Long.MAX_VALUE);
        render(watch, 1);
        assertThat(watch.stages).isEqualTo(EnumSet.allOf(Stage.class));
        assertThat(watch.backwards).as("progress that was taken back").isZero();
        assertThat(watch.most).as("work between two questions").isLessThanOrEqualTo(MOST_WORK);
        assertThat(work.get() - watch.before).as("work after the last question").isLessThanOrEqualTo(MOST_WORK);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void whereverItIsStoppedNothingMoreIsDone(int threads) throws Exception {
        Watch whole = new Watch(Long.MAX_VALUE);
        render(whole, threads);
        for (long at = 1; at <= whole.asked; at += 1 + at / 5) {
            work.set(0);
            Watch stopping = new Watch(at);
            assertThatThrownBy(() -> render(stopping, threads)).isInstanceOf(CancellationException.class);
            // Other threads end what they are in the middle of: each a hop of 100 ms while solving.
            assertThat(work.get() - stopping.before)
                    .as("work after question %d of %d", at, whole.asked)
                    .isLessThanOrEqualTo((threads - 1) * MOST_WORK);
        }
    }

    /** The thread is interrupted in every stage in turn, and nothing is said by the monitor. */
    @ParameterizedTest
    @EnumSource(Stage.class)
    void anInterruptedThreadStops(Stage stage) {
        AtomicLong asked = new AtomicLong();
        RenderMonitor interrupting = new RenderMonitor() {
            @Override
            public void progress(Stage now, long done, long total) {
                if (now == stage) {
                    asked.incrementAndGet();
                    Thread.currentThread().interrupt();
                }
            }
        };
        assertThatThrownBy(() -> render(interrupting, 1)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted())
                .as("it is for the caller to go on from there")
                .isTrue();
        assertThat(asked).hasValue(1);
    }

    /** Both threads wait inside a recording, as while all that lies before a late clip is decoded. */
    @Test
    void whatOtherThreadsAreInTheMiddleOfIsInterrupted() throws Exception {
        CountDownLatch waiting = new CountDownLatch(2);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread render = new Thread(() -> {
            try {
                MixEngine engine = new MixEngine(2, BLOCK);
                engine.render(
                        engine.plan(session(), name -> new Endless(recording(name), waiting)),
                        new MemoryTarget(),
                        RenderMonitor.SILENT);
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        render.start();
        waiting.await();
        render.interrupt();
        render.join();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    }

    /** A fault of the file is one, whoever is interrupted afterwards. */
    @Test
    void aFaultIsNoStop() throws Exception {
        MixEngine engine = new MixEngine(1, BLOCK);
        RenderPlan plan = engine.plan(session(), name -> new Broken(recording(name)));
        assertThatThrownBy(() -> engine.render(plan, new MemoryTarget(), RenderMonitor.SILENT))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
    }

    private void render(RenderMonitor monitor, int threads) throws Exception {
        MixEngine engine = new MixEngine(threads, BLOCK);
        engine.render(engine.plan(session(), name -> new Counted(recording(name))), new CountingTarget(), monitor);
    }

    private static MemorySource recording(String name) {
        return MemorySource.noise(name, RATE, 2, FRAMES, 0.3, name.hashCode());
    }

    /** So loud that the limiter works throughout, with files of every kind. */
    private static Session session() {
        List<Track> tracks = new ArrayList<>();
        for (int i = 0; i < TRACKS; i++) {
            tracks.add(Track.of("t" + i, "noise" + i).withBus(i == 0 ? "a" : "b"));
        }
        Session plain = Session.of("stopped", tracks).withBusPreset("none");
        return plain.withBuses(List.of(BusConfig.of("a"), BusConfig.of("b")))
                .withMaster(plain.master().withLoudness(new LoudnessConfig(null, -3.0, -1.0, LoudnessMode.LIMIT, null)))
                .withOutput(Output.DEFAULT
                        .withStems(StemOutput.DEFAULT.withTap(StemTap.PRE_MASTER))
                        .withPreMaster(true)
                        .withTail(Tail.NONE));
    }

    /** Stops when it has been asked so often, and keeps how much was done from one question to the next. */
    private final class Watch implements RenderMonitor {
        private final long stopAt;
        private final Set<Stage> stages = EnumSet.noneOf(Stage.class);
        private long asked;
        private long before;
        private long most;
        private @Nullable Stage stage;
        private long done;
        private long backwards;

        Watch(long stopAt) {
            this.stopAt = stopAt;
        }

        @Override
        public boolean cancelled() {
            asked++;
            most = Math.max(most, work.get() - before);
            before = work.get();
            return asked >= stopAt;
        }

        @Override
        public void progress(Stage now, long soFar, long total) {
            stages.add(now);
            boolean known = now != Stage.SOLVING;
            backwards += (now == stage && soFar < done) || (known && soFar > total) ? 1 : 0;
            stage = now;
            done = soFar;
        }
    }

    private final class Counted extends ForwardingSource {
        Counted(AudioSource source) {
            super(source);
        }

        @Override
        public FrameSource open(long firstFrame) throws IOException {
            return new Stream(super.open(firstFrame)) {
                @Override
                public int read(AudioBlock block, int frames) throws IOException {
                    int count = super.read(block, frames);
                    work.addAndGet(count);
                    return count;
                }
            };
        }
    }

    private static final class Endless extends ForwardingSource {
        private final CountDownLatch waiting;

        Endless(AudioSource source, CountDownLatch waiting) {
            super(source);
            this.waiting = waiting;
        }

        @Override
        public FrameSource open(long firstFrame) throws IOException {
            waiting.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new InterruptedIOException();
        }
    }

    private static final class Broken extends ForwardingSource {
        Broken(AudioSource source) {
            super(source);
        }

        @Override
        public FrameSource open(long firstFrame) throws IOException {
            throw new IOException("broken");
        }
    }

    /** Counts what goes into files and spools and comes out of these, and has files finished in pieces. */
    private final class CountingTarget implements RenderTarget {
        private final MemoryTarget files = new MemoryTarget();

        @Override
        public FileSink open(PlannedFile file) {
            FileSink sink = files.open(file);
            return new FileSink() {
                private int pieces = PIECES;

                @Override
                public void write(AudioBlock block, int frames) throws IOException {
                    work.addAndGet(frames);
                    sink.write(block, frames);
                }

                @Override
                public long settle() {
                    work.addAndGet(MOST_WORK);
                    return --pieces;
                }

                @Override
                public void close() throws IOException {
                    if (pieces == 0) {
                        sink.close();
                    }
                }

                @Override
                public @Nullable String sha256() {
                    return null;
                }
            };
        }

        @Override
        public Spool spool(AudioFormat format, long frames) {
            Spool spool = files.spool(format, frames);
            return new Spool() {
                @Override
                public FrameSink sink() {
                    return new FrameSink() {
                        @Override
                        public void write(AudioBlock block, int count) throws IOException {
                            work.addAndGet(count);
                            spool.sink().write(block, count);
                        }

                        @Override
                        public void close() throws IOException {
                            spool.sink().close();
                        }
                    };
                }

                @Override
                public AudioSource source() {
                    return new Counted(spool.source());
                }

                @Override
                public void close() throws IOException {
                    spool.close();
                }
            };
        }
    }
}
