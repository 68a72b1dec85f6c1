package io.mixgraph.render;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.Insert;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A finished render in memory, and what is to be said of its files by somebody who has nothing but them.
 *
 * @param spools what was spooled: the master behind its effects, then each stem that goes through it
 */
record Rendered(MemoryTarget files, RenderReport report, RenderPlan plan, List<MemorySource> spools) {
    /** Keeps what is spooled, too. */
    private record Keeping(MemoryTarget files, List<MemorySource> spools) implements RenderTarget {
        @Override
        public FileSink open(PlannedFile file) {
            return files.open(file);
        }

        @Override
        public Spool spool(AudioFormat format, long frames) {
            Spool spool = files.spool(format, frames);
            spools.add((MemorySource) spool.source());
            return spool;
        }
    }

    static Rendered of(Session session, SourceOpener sources) throws Exception {
        MixEngine engine = new MixEngine(1, 1024);
        Keeping target = new Keeping(new MemoryTarget(), new ArrayList<>());
        RenderPlan plan = engine.plan(session, sources);
        return new Rendered(
                target.files, engine.render(plan, target, RenderMonitor.SILENT), plan, List.copyOf(target.spools));
    }

    /** A console that plays each part on a track and a bus of its own, panned apart; the stems are mastered. */
    static Session console(int rate, int parts) {
        List<Track> tracks = new ArrayList<>();
        List<BusConfig> buses = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            tracks.add(Track.of("t" + i, "part" + i).withBus("b" + i).withPan(0.3 - 0.3 * i));
            buses.add(BusConfig.of("b" + i));
        }
        return Session.of("hurt", tracks)
                .withSampleRate(rate)
                .withBusPreset("none")
                .withBuses(buses)
                .withOutput(Output.DEFAULT
                        .withMaster(FileFormat.wav(SampleEncoding.FLOAT32))
                        .withStems(StemOutput.DEFAULT.withTap(StemTap.MASTERED))
                        .withTail(Tail.NONE));
    }

    /** The recordings of such a console. */
    static SourceOpener sources(int rate, double[][] parts) {
        return name -> new MemorySource(name, rate, parts[Integer.parseInt(name.substring("part".length()))]);
    }

    static Insert insert(String effect, Map<String, ?> parameters) {
        return Insert.of(EffectCatalogue.create(effect, parameters));
    }

    RenderReport.LoudnormMetrics metrics() {
        return report.loudnormMetrics();
    }

    double[][] file(String id) {
        return files.file(id);
    }

    RenderReport.FileReport fileReport(String id) {
        return report.files().stream()
                .filter(file -> file.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The stems that are to add up. */
    List<RenderReport.FileReport> summed() {
        return report.files().stream().filter(RenderReport.FileReport::inSum).toList();
    }

    /** What our own meter reads of a file. */
    Loudness loudness(String id) {
        return loudness(file(id), fileReport(id).sampleRate());
    }

    static Loudness loudness(double[][] channels, int rate) {
        AudioBlock block = new AudioBlock(channels.length, Math.max(1, channels[0].length));
        for (int c = 0; c < channels.length; c++) {
            System.arraycopy(channels[c], 0, block.channel(c), 0, channels[c].length);
        }
        LoudnessMeter meter = new LoudnessMeter(new AudioFormat(rate, ChannelLayout.ofCount(channels.length)));
        meter.process(block, channels[0].length);
        return meter.result();
    }

    /**
     * How a sum of stems compares with what it is to be.
     *
     * @param residual the largest difference
     * @param bound the most that rounding allows
     * @param above frames and channels where the difference is above the bound that holds there
     * @param worst the largest difference over the bound that holds there
     */
    record Sum(double residual, double bound, long above, double worst) {}

    /** Compares the stems as they are stored with the master as it is stored. */
    Sum sumAgainstMaster() {
        RenderReport.FileReport master = fileReport("master");
        return sum(file("master"), x -> halfStep(master, x));
    }

    /** Compares the stems as they are stored with the master before it was. */
    Sum sumAgainst(double[][] exact) {
        return sum(exact, x -> 0.0);
    }

    private interface Rounding {
        double of(double sample);
    }

    private Sum sum(double[][] whole, Rounding rounding) {
        List<RenderReport.FileReport> stems = summed();
        double gain = Decibels.toGain(report.certificate().stemsGainDb());
        double[] peaks = new double[stems.size()];
        // What the master's effects round, they round of what they were given, even where nothing of it comes out.
        Arrays.fill(peaks, gain * Decibels.toGain(metrics().gainDb()));
        double residual = 0.0;
        double highest = 0.0;
        double worst = 0.0;
        long above = 0;
        for (int i = 0; i < whole[0].length; i++) {
            double memory = 0.0;
            for (int s = 0; s < peaks.length; s++) {
                for (double[] channel : file(stems.get(s).id())) {
                    peaks[s] = Math.max(peaks[s], Math.abs(channel[i]));
                }
                memory += 1e-12 * peaks[s];
            }
            for (int c = 0; c < whole.length; c++) {
                double sum = 0.0;
                double bound = memory + gain * rounding.of(whole[c][i]);
                for (RenderReport.FileReport stem : stems) {
                    double x = file(stem.id())[c][i];
                    sum += x;
                    bound += halfStep(stem, x);
                }
                double difference = Math.abs(sum - gain * whole[c][i]);
                residual = Math.max(residual, difference);
                highest = Math.max(highest, bound);
                worst = Math.max(worst, difference / bound);
                above += difference <= bound ? 0 : 1;
            }
        }
        return new Sum(residual, highest, above, worst);
    }

    /**
     * The most by which rounding moves a sample: half a step of a float; of an integer half a step, a step more with
     * triangular dither, and 1 + Σ|cₖ| times that when it is shaped (Lipshitz, Vanderkooy and Wannamaker, 1991).
     */
    static double halfStep(RenderReport.FileReport file, double x) {
        if (!file.encoding().integer()) {
            return Math.ulp((float) x) / 2.0;
        }
        double step = file.encoding() == SampleEncoding.PCM16 ? 0x1p-15 : 0x1p-23;
        if (file.dither() == Dither.NONE) {
            return step / 2.0;
        }
        boolean shaped = file.dither() == Dither.SHAPED && file.sampleRate() > 32_000;
        double spread = file.sampleRate() > 64_000 ? 4.0 : 1.0 + 2.033 + 2.165 + 1.959 + 1.590 + 0.6149;
        return 1.5 * step * (shaped ? spread : 1.0);
    }

    /** How many samples of all files are no finite number. */
    long notFinite() {
        long count = 0;
        for (double[][] channels : files.files().values()) {
            for (double[] channel : channels) {
                for (double x : channel) {
                    count += Double.isFinite(x) ? 0 : 1;
                }
            }
        }
        return count;
    }
}
