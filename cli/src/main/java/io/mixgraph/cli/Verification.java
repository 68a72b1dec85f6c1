package io.mixgraph.cli;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.codecs.Codecs;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.StemTap;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.PlannedSum;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderReport.FileLoudness;
import io.mixgraph.render.RenderReport.FileReport;
import io.mixgraph.render.RenderReport.LoudnormMetrics;
import io.mixgraph.render.SumCheck;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tries every statement of a report on the files that it is about: that they are there, bit for bit, as long as they
 * should be, as loud as they should be, and that they add up.
 */
final class Verification {
    /** How many streams a stem_mp4 has: a mix and its stems. */
    private static final int STREAMS = 1 + Deliverable.FOUR_STEMS.size();

    /** For what a decoder of another build may round otherwise. */
    private static final double LOSSY_DB = 0.01;

    private final RenderReport report;
    private final Path folder;
    private final Proofs proofs;

    /** What could be read, by its path. */
    private final Map<String, AudioSource> sources = new LinkedHashMap<>();

    /** @param folder that the report is in */
    Verification(RenderReport report, Path folder, Proofs proofs) {
        this.report = report;
        this.folder = folder.toAbsolutePath().normalize();
        this.proofs = proofs;
    }

    void run() throws IOException {
        for (FileReport file : report.files()) {
            file(file);
        }
        stems();
        report.certificate().sums().forEach(this::sum);
        copies();
        certificate();
    }

    // Each file by itself.

    private void file(FileReport file) throws IOException {
        Path path;
        try {
            path = folder.resolve(file.path()).normalize();
        } catch (InvalidPathException e) {
            proofs.add(file.path(), false, "can be no file's name");
            return;
        }
        if (!path.startsWith(folder)) {
            proofs.add(file.path(), false, "lies outside of the report's folder");
            return;
        }
        if (!Files.isRegularFile(path)) {
            proofs.add(file.path(), false, "there is no such file");
            return;
        }
        String sha256 = Digest.sha256(path);
        boolean same = sha256.equals(file.sha256());
        proofs.add(file.path(), same, same ? "SHA-256 as reported" : "SHA-256 is " + sha256 + ", not " + file.sha256());
        try {
            AudioSource source = AudioFiles.open(path, file.path());
            length(file, source);
            loudness(file, source);
            sources.put(file.path(), source);
            if (file.format() == FileFormat.Container.STEM_MP4 && !isLossy(file)) {
                streams(file, path);
            }
        } catch (IOException e) {
            proofs.add(file.path(), false, "cannot be read: " + Failure.sentence(e));
        }
    }

    private void length(FileReport file, AudioSource source) {
        int rate = source.format().sampleRate();
        String found = source.frames() + " frames at " + rate + " Hz";
        if (source.frames() != file.frames() || rate != file.sampleRate()) {
            proofs.add(file.path(), false, found + ", not " + file.frames() + " at " + file.sampleRate());
            return;
        }
        // A deliverable alone may have a rate of its own.
        boolean ownRate = file.kind() == PlannedFile.Kind.AUDIO_DELIVERABLE || rate == commonRate();
        boolean whole = source.frames() == timeline(rate);
        proofs.add(
                file.path(),
                whole && ownRate,
                found
                        + (whole ? "" : ", where the whole mix has " + timeline(rate))
                        + (ownRate ? "" : ", where the master has " + commonRate()));
    }

    private int commonRate() {
        FileReport master = byKind(PlannedFile.Kind.AUDIO_MASTER);
        return master == null ? report.sampleRate() : master.sampleRate();
    }

    /** How long the mix is at a rate, to the nearest frame, half up; -1 when its own rate is none. */
    private long timeline(int rate) {
        if (report.sampleRate() <= 0) {
            return -1;
        }
        BigInteger from = BigInteger.valueOf(report.sampleRate());
        return BigInteger.valueOf(report.frames())
                .multiply(BigInteger.valueOf(2L * rate))
                .add(from)
                .divide(from.shiftLeft(1))
                .longValue();
    }

    private void loudness(FileReport file, AudioSource source) throws IOException {
        Loudness measured = LoudnessMeter.measure(source);
        if (isLossy(file)) {
            lossy(file, measured);
            return;
        }
        FileLoudness reported = file.loudness();
        Differences differences = new Differences();
        differences.add("integrated_lufs", measured.integratedLufs(), reported.integratedLufs());
        differences.add("true_peak_dbtp", measured.truePeakDbtp(), reported.truePeakDbtp());
        differences.add("loudness_range_lu", measured.loudnessRangeLu(), reported.loudnessRangeLu());
        differences.add("sample_peak_dbfs", measured.samplePeakDbfs(), reported.samplePeakDbfs());
        differences.add("max_momentary_lufs", measured.maxMomentaryLufs(), reported.maxMomentaryLufs());
        differences.add("max_short_term_lufs", measured.maxShortTermLufs(), reported.maxShortTermLufs());
        if (file.kind() == PlannedFile.Kind.AUDIO_MASTER) {
            LoudnormMetrics metrics = report.loudnormMetrics();
            differences.add("output_i", measured.integratedLufs(), metrics.outputI());
            differences.add("output_tp", measured.truePeakDbtp(), metrics.outputTp());
            differences.add("output_lra", measured.loudnessRangeLu(), metrics.outputLra());
            differences.add("output_thresh", measured.thresholdLufs(), metrics.outputThresh());
        }
        differences.prove(
                file.path(),
                Figures.decimals(measured.integratedLufs(), 2) + " LUFS, "
                        + Figures.decimals(measured.truePeakDbtp(), 2) + " dBTP, as reported");
    }

    /** What was measured before it was encoded cannot be found in it any more. */
    private void lossy(FileReport file, Loudness measured) {
        Double decoded = file.encoded() == null ? null : file.encoded().decodedTruePeakDbtp();
        if (decoded == null) {
            proofs.notTried(file.path(), "the report does not say what it decodes to");
            return;
        }
        proofs.add(
                file.path(),
                near(measured.truePeakDbtp(), decoded, LOSSY_DB),
                "decodes to " + Figures.decimals(measured.truePeakDbtp(), 2) + " dBTP, reported "
                        + Figures.decimals(decoded, 2));
    }

    /** What was measured and is not what was reported. */
    private final class Differences {
        private final List<String> words = new ArrayList<>();

        void add(String what, double measured, double reported) {
            if (!near(measured, reported, 0)) {
                words.add(what + " is " + Figures.exactOrNull(measured) + ", not " + Figures.exactOrNull(reported));
            }
        }

        void prove(String what, String same) {
            proofs.add(what, words.isEmpty(), words.isEmpty() ? same : String.join("; ", words));
        }
    }

    /** Levels that are not defined are null in a report. */
    private static boolean near(double measured, double reported, double tolerance) {
        return Double.isFinite(measured) ? Math.abs(measured - reported) <= tolerance : !Double.isFinite(reported);
    }

    // Files that add up.

    /** The null test, on what was written. */
    private void stems() {
        String to = report.certificate().stemsSumTo();
        if (to == null) {
            proofs.notTried("null test", "there are no stems that add up to anything");
            return;
        }
        boolean mastered = report.certificate().stemsTap() == StemTap.MASTERED;
        String what = "stems sum to " + to;
        if (!to.equals(mastered ? "master" : "pre_master")) {
            proofs.add(what, false, "that is not where they were taken");
            return;
        }
        FileReport whole = byKind(mastered ? PlannedFile.Kind.AUDIO_MASTER : PlannedFile.Kind.AUDIO_PRE_MASTER);
        if (whole == null) {
            proofs.notTried(what, to + " was not written (output.pre_master), so there is nothing to compare");
            return;
        }
        List<FileReport> stems =
                report.files().stream().filter(FileReport::inSum).toList();
        boolean verbatim = !mastered
                && report.certificate().stemsGainDb() == 0
                && whole.sampleRate() == report.sampleRate()
                && stems.stream().allMatch(stem -> stem.encoding() == SampleEncoding.FLOAT32);
        double gain = Decibels.toGain(report.certificate().stemsGainDb());
        double masterGain = mastered ? masterGain() : 0;
        SumCheck.Result result = compared(what, stems, whole, gain, masterGain, verbatim);
        if (result != null) {
            proofs.add(what, result.withinBound(), words(result));
        }
    }

    /** What full scale before the master's effects has become behind them. */
    private double masterGain() {
        return Decibels.toGain(report.loudnormMetrics().gainDb());
    }

    private void sum(RenderReport.SumProof sum) {
        String what = sum.id() + " is the sum of " + String.join(", ", sum.sumOf());
        if (sum.tap() != report.certificate().stemsTap()) {
            proofs.notTried(what, "its stems were not written");
            return;
        }
        FileReport whole = report.files().stream()
                .filter(file -> file.kind() == PlannedFile.Kind.AUDIO_DELIVERABLE
                        && file.id().equals(sum.id()))
                .findFirst()
                .orElse(null);
        List<FileReport> parts = new ArrayList<>();
        for (String id : sum.sumOf()) {
            report.files().stream()
                    .filter(file -> file.kind() == PlannedFile.Kind.AUDIO_BUS_STEM
                            && file.inSum()
                            && file.id().equals(id))
                    .forEach(parts::add);
        }
        if (whole == null || parts.size() != sum.sumOf().size()) {
            proofs.add(what, false, "not all of these are among the files");
            return;
        }
        SumCheck.Result result = compared(what, parts, whole, 1, 0, true);
        if (result == null) {
            return;
        }
        boolean same = near(result.residualDbfs(), sum.residualDbfs(), 0)
                && near(result.boundDbfs(), sum.boundDbfs(), 0)
                && sum.withinBound() == result.withinBound();
        proofs.add(
                what,
                result.withinBound() && same,
                words(result)
                        + (same
                                ? ""
                                : "; reported " + residual(sum.residualDbfs()) + " and " + residual(sum.boundDbfs())));
    }

    /** Deliverables that are the master once more, but for what an encoder changed. */
    private void copies() {
        FileReport master = byKind(PlannedFile.Kind.AUDIO_MASTER);
        for (FileReport file : report.files()) {
            boolean copy = file.kind() == PlannedFile.Kind.AUDIO_DELIVERABLE
                    && PlannedSum.MASTER.equals(file.sumOf())
                    && !isLossy(file);
            String what = file.path() + " is the master";
            if (copy && master != null && file.sampleRate() == master.sampleRate()) {
                SumCheck.Result result = compared(what, List.of(master), file, 1, 0, false);
                if (result != null) {
                    proofs.add(what, result.withinBound(), words(result));
                }
            }
        }
    }

    /** The stems of a stem_mp4 add up to its mix. */
    private void streams(FileReport file, Path path) throws IOException {
        List<SumCheck.Part> parts = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            AudioSource stream = Codecs.open(path, file.path() + ", stream " + i, i);
            parts.add(new SumCheck.Part(stream, file.encoding(), file.dither(), false));
        }
        SumCheck.Result result = SumCheck.run(parts.subList(1, STREAMS), parts.get(0), 1, masterGain());
        proofs.add(file.path() + ": its stems sum to its mix", result.withinBound(), words(result));
    }

    /** What comes of adding up; null when it cannot be tried, which is then said. */
    private SumCheck.@Nullable Result compared(
            String what, List<FileReport> parts, FileReport whole, double gain, double masterGain, boolean verbatim) {
        List<FileReport> all = new ArrayList<>(parts);
        all.add(whole);
        for (FileReport file : all) {
            if (isLossy(file)) {
                proofs.notTried(what, file.path() + " is not what was handed to its encoder");
                return null;
            }
        }
        List<SumCheck.Part> opened = new ArrayList<>();
        for (FileReport file : all) {
            AudioSource source = sources.get(file.path());
            if (source == null) {
                proofs.add(what, false, file.path() + " cannot be read");
                return null;
            }
            boolean exact = verbatim && opened.size() < parts.size();
            opened.add(new SumCheck.Part(source, file.encoding(), file.dither(), exact));
        }
        try {
            return SumCheck.run(opened.subList(0, parts.size()), opened.get(parts.size()), gain, masterGain);
        } catch (IOException e) {
            proofs.add(what, false, Failure.sentence(e));
            return null;
        }
    }

    private static boolean isLossy(FileReport file) {
        return file.format().lossy() && !file.encoding().integer();
    }

    private @Nullable FileReport byKind(PlannedFile.Kind kind) {
        return report.files().stream()
                .filter(file -> file.kind() == kind)
                .findFirst()
                .orElse(null);
    }

    /** What the report itself says of the render. */
    private void certificate() {
        List<String> faults = faults(report.certificate());
        proofs.add("certificate", faults.isEmpty(), faults.isEmpty() ? "holds" : String.join("; ", faults));
    }

    /** Why a certificate does not hold, for people; empty when it does. */
    static List<String> faults(RenderReport.Certificate certificate) {
        List<String> faults = new ArrayList<>();
        if (!certificate.aligned()) {
            faults.add("the files do not line up");
        }
        if (Boolean.FALSE.equals(certificate.nullWithinBound())) {
            faults.add("the stems do not add up to " + certificate.stemsSumTo() + " within their rounding");
        }
        for (RenderReport.SumProof sum : certificate.sums()) {
            if (!sum.withinBound()) {
                faults.add(sum.id() + " is not the sum of " + String.join(", ", sum.sumOf()));
            }
        }
        return faults;
    }

    private static String words(SumCheck.Result result) {
        return "residual " + residual(result.residualDbfs()) + ", rounding allows " + residual(result.boundDbfs());
    }

    /** A residual for people. */
    static String residual(double dbfs) {
        return Double.isFinite(dbfs) ? Figures.level(dbfs) + " dBFS" : "exactly zero";
    }
}
