package io.mixgraph.bench.peers;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.bench.Job;
import io.mixgraph.documents.Json;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.render.RenderReport;
import io.mixgraph.wav.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the files that a program made of a job, beside those of Mixgraph. */
final class OutcomeCheck {
    private static final int BLOCK_FRAMES = 8192;

    /** Files are compared over this much of their middle, moved by up to {@link #MOST_LATE} frames. */
    private static final int EXCERPT_FRAMES = 8_192;

    private static final int MOST_LATE = 2_048;

    private OutcomeCheck() {}

    /**
     * @param folder the program's
     * @param reference Mixgraph's, of the same job
     * @throws IOException naming a file that is not there or cannot be read
     */
    static Outcome of(Job job, Path folder, Path reference) throws IOException {
        int wrong = 0;
        Lag stems = new Lag(0, 1.0);
        List<WavFile> stemFiles = new ArrayList<>();
        for (Job.Bus bus : job.buses()) {
            String name = "stems/" + bus.id() + ".wav";
            WavFile stem = WavFile.of(folder.resolve(name));
            stemFiles.add(stem);
            wrong += stem.frames() == job.frames() ? 0 : 1;
            Lag lag = Lag.between(WavFile.of(reference.resolve(name)), stem);
            stems = new Lag(
                    Math.abs(lag.frames) > Math.abs(stems.frames) ? lag.frames : stems.frames,
                    Math.min(lag.likeness, stems.likeness));
        }
        WavFile master = WavFile.of(folder.resolve("master.wav"));
        wrong += master.frames() == job.frames() ? 0 : 1;
        Loudness loudness = LoudnessMeter.measure(master);
        return new Outcome(
                stemFiles.size() + 1,
                wrong,
                rounded(loudness.integratedLufs(), 100.0),
                rounded(loudness.truePeakDbtp(), 100.0),
                rounded(residualDbfs(folder, stemFiles), 10.0),
                stems.frames,
                Lag.between(WavFile.of(reference.resolve("master.wav")), master).frames,
                rounded(stems.likeness, 1e4));
    }

    private static double rounded(double value, double parts) {
        return Math.rint(parts * value) / parts;
    }

    /** Mixgraph says it in its report; the others leave what the master was made of. */
    private static double residualDbfs(Path folder, List<WavFile> stems) throws IOException {
        Path report = folder.resolve("report.json");
        if (Files.exists(report)) {
            return Json.read(Files.readString(report), report.toString(), RenderReport.class)
                    .certificate()
                    .nullResidualDbfs();
        }
        WavFile preMaster = WavFile.of(folder.resolve("pre_master.wav"));
        double peak = 0.0;
        AudioBlock sum = new AudioBlock(2, BLOCK_FRAMES);
        AudioBlock stem = new AudioBlock(2, BLOCK_FRAMES);
        for (long frame = 0; frame < preMaster.frames(); frame += BLOCK_FRAMES) {
            int count = read(preMaster, frame, sum, BLOCK_FRAMES);
            for (WavFile file : stems) {
                read(file, Math.min(frame, file.frames()), stem, BLOCK_FRAMES);
                for (int c = 0; c < 2; c++) {
                    double[] to = sum.channel(c);
                    double[] from = stem.channel(c);
                    for (int i = 0; i < count; i++) {
                        to[i] -= from[i];
                    }
                }
            }
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < count; i++) {
                    peak = Math.max(peak, Math.abs(sum.channel(c)[i]));
                }
            }
        }
        return Decibels.fromGain(peak);
    }

    /** Reads some frames; what is not there is silence. */
    private static int read(WavFile file, long from, AudioBlock block, int frames) throws IOException {
        block.clear(frames);
        try (FrameSource source = file.open(from)) {
            return source.read(block, frames);
        }
    }

    /**
     * How two files lie to each other.
     *
     * @param frames how much later the second is
     * @param likeness their correlation when lined up
     */
    record Lag(int frames, double likeness) {
        static Lag between(WavFile reference, WavFile file) throws IOException {
            long start = Math.max(0, reference.frames() / 2 - EXCERPT_FRAMES / 2);
            double[] wanted = steps(reference, start, EXCERPT_FRAMES);
            double[] there = steps(file, Math.max(0, start - MOST_LATE), EXCERPT_FRAMES + 2 * MOST_LATE);
            int best = 0;
            double highest = -1.0;
            for (int lag = -MOST_LATE; lag <= MOST_LATE; lag++) {
                double correlation = correlation(wanted, there, MOST_LATE + lag);
                if (correlation > highest) {
                    highest = correlation;
                    best = lag;
                }
            }
            return new Lag(best, highest);
        }

        /** The left channel's steps from frame to frame: without low tones, which are alike wherever they lie. */
        private static double[] steps(WavFile file, long from, int frames) throws IOException {
            AudioBlock block = new AudioBlock(2, frames);
            read(file, Math.min(from, file.frames()), block, frames);
            double[] x = block.channel(0);
            for (int i = frames - 1; i > 0; i--) {
                x[i] -= x[i - 1];
            }
            x[0] = 0.0;
            return x;
        }

        private static double correlation(double[] a, double[] b, int offset) {
            double ab = 0.0;
            double aa = 1e-30;
            double bb = 1e-30;
            for (int i = 1; i < a.length; i++) { // The first step of an excerpt is unknown.
                double x = a[i];
                double y = b[offset + i];
                ab += x * y;
                aa += x * x;
                bb += y * y;
            }
            return ab / Math.sqrt(aa * bb);
        }
    }
}
