package io.mixgraph.cli;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.StemTap;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderReport.FileReport;
import io.mixgraph.render.SumCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tries every statement of a report on the files that it is about: that they are there, bit for bit, as long as they
 * should be, as loud as they should be, and that they add up.
 */
final class Verification {
    private static final int BLOCK_FRAMES = 8192;

    /** For what a decoder of another build may round otherwise. */
    private static final double LOSSY_DB = 0.01;

    private final RenderReport report;
    private final Path folder;
    private final Proofs proofs;
    private final Map<String, AudioSource> sources = new LinkedHashMap<>();

    /** @param folder that the report is in */
    Verification(RenderReport report, Path folder, Proofs proofs) {
        this.report = report;
        this.folder = folder;
        this.proofs = proofs;
    }

    void run() throws IOException {
        for (FileReport file : report.files()) {
            file(file);
        }
        stems();
        report.certificate().sums().forEach(this::sum);
        certificate();
    }

    private void file(FileReport file) throws IOException {
        Path path = folder.resolve(file.path()).normalize();
        if (!path.startsWith(folder.normalize()) && !folder.toString().isEmpty()) {
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
            boolean whole = source.frames() == file.frames() && source.format().sampleRate() == file.sampleRate();
            proofs.add(
                    file.path(),
                    whole,
                    source.frames() + " frames at " + source.format().sampleRate() + " Hz"
                            + (whole ? "" : ", not " + file.frames() + " at " + file.sampleRate()));
            loudness(file, source);
            sources.put(file.id(), source);
        } catch (IOException e) {
            proofs.add(file.path(), false, "cannot be read: " + Failure.sentence(e));
        }
    }

    private void loudness(FileReport file, AudioSource source) throws IOException {
        Loudness loudness = measured(source);
        Double decoded = file.encoded() == null ? null : file.encoded().decodedTruePeakDbtp();
        if (decoded != null) {
            proofs.add(
                    file.path(),
                    near(loudness.truePeakDbtp(), decoded, LOSSY_DB),
                    "decodes to " + Figures.decimals(loudness.truePeakDbtp(), 2) + " dBTP, reported "
                            + Figures.decimals(decoded, 2));
            return;
        }
        boolean same = near(loudness.integratedLufs(), file.loudness().integratedLufs(), 0)
                && near(loudness.truePeakDbtp(), file.loudness().truePeakDbtp(), 0);
        proofs.add(
                file.path(),
                same,
                Figures.decimals(loudness.integratedLufs(), 2) + " LUFS, "
                        + Figures.decimals(loudness.truePeakDbtp(), 2) + " dBTP"
                        + (same
                                ? ", as reported"
                                : ", not " + Figures.decimals(file.loudness().integratedLufs(), 2) + " and "
                                        + Figures.decimals(file.loudness().truePeakDbtp(), 2)));
    }

    private static Loudness measured(AudioSource source) throws IOException {
        LoudnessMeter meter = new LoudnessMeter(source.format());
        AudioBlock block = new AudioBlock(source.format().channels(), BLOCK_FRAMES);
        try (FrameSource stream = source.open(0)) {
            for (int read = stream.read(block, BLOCK_FRAMES); read > 0; read = stream.read(block, BLOCK_FRAMES)) {
                meter.process(block, read);
            }
        }
        return meter.result();
    }

    /** Levels that are not defined are null in a report. */
    private static boolean near(double measured, double reported, double tolerance) {
        return Double.isFinite(measured) ? Math.abs(measured - reported) <= tolerance : !Double.isFinite(reported);
    }

    /** The null test, on what was written. */
    private void stems() throws IOException {
        String to = report.certificate().stemsSumTo();
        if (to == null) {
            proofs.notTried("null test", "there are no stems that add up to anything");
            return;
        }
        List<FileReport> stems =
                report.files().stream().filter(FileReport::inSum).toList();
        FileReport whole =
                byKind(to.equals("master") ? PlannedFile.Kind.AUDIO_MASTER : PlannedFile.Kind.AUDIO_PRE_MASTER);
        if (whole == null) {
            proofs.notTried("null test", to + " was not written (output.pre_master), so there is nothing to compare");
            return;
        }
        boolean verbatim = report.certificate().stemsTap() == StemTap.PRE_MASTER
                && report.certificate().stemsGainDb() == 0
                && whole.sampleRate() == report.sampleRate();
        String what = "stems sum to " + to;
        double gain = Decibels.toGain(report.certificate().stemsGainDb());
        double masterGain =
                to.equals("master") ? Decibels.toGain(report.loudnormMetrics().gainDb()) : 0;
        compare(what, stems, whole, gain, masterGain, verbatim);
    }

    private void sum(RenderReport.SumProof sum) {
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
        String what = sum.id() + " is the sum of " + String.join(", ", sum.sumOf());
        if (whole == null || parts.size() != sum.sumOf().size() || parts.isEmpty()) {
            proofs.notTried(what, "not all of its stems were written");
            return;
        }
        compare(what, parts, whole, 1, 0, true);
    }

    private void compare(
            String what, List<FileReport> parts, FileReport whole, double gain, double masterGain, boolean verbatim) {
        List<FileReport> all = new ArrayList<>(parts);
        all.add(whole);
        for (FileReport file : all) {
            if (!sources.containsKey(file.id())) {
                proofs.add(what, false, file.path() + " cannot be read");
                return;
            }
            if (isLossy(file)) {
                proofs.notTried(what, file.path() + " is not what was handed to its encoder");
                return;
            }
        }
        try {
            List<SumCheck.Part> summed =
                    parts.stream().map(file -> part(file, verbatim)).toList();
            SumCheck.Result result = SumCheck.run(summed, part(whole, false), gain, masterGain);
            proofs.add(
                    what,
                    result.withinBound(),
                    "residual " + residual(result.residualDbfs()) + ", rounding allows "
                            + residual(result.boundDbfs()));
        } catch (IOException e) {
            proofs.add(what, false, Failure.sentence(e));
        }
    }

    private static boolean isLossy(FileReport file) {
        FileFormat.Container format = file.format();
        return format.lossy() && !file.encoding().integer();
    }

    private SumCheck.Part part(FileReport file, boolean exact) {
        return new SumCheck.Part(Objects.requireNonNull(sources.get(file.id())), file.encoding(), file.dither(), exact);
    }

    private @Nullable FileReport byKind(PlannedFile.Kind kind) {
        return report.files().stream()
                .filter(file -> file.kind() == kind)
                .findFirst()
                .orElse(null);
    }

    /** What the report itself says of the render. */
    private void certificate() {
        RenderReport.Certificate certificate = report.certificate();
        proofs.add(
                "certificate", certificate.holds(), certificate.holds() ? "holds" : "does not hold: see report.json");
    }

    /** A residual for people. */
    static String residual(double dbfs) {
        return Double.isFinite(dbfs) ? Figures.level(dbfs) + " dBFS" : "exactly zero";
    }
}
