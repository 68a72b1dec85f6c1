package io.mixgraph.documents.page;

import io.mixgraph.render.RenderReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is to be known before trusting the files: warnings, the certificate, every file, and what they were made from.
 */
final class ProofSection {
    private final Markup page;
    private final RenderReport report;

    private ProofSection(Markup page, RenderReport report) {
        this.page = page;
        this.report = report;
    }

    static void write(Markup page, RenderReport report) {
        ProofSection section = new ProofSection(page, report);
        section.warnings();
        section.certificate();
        section.origin();
    }

    private void warnings() {
        page.open("section").element("h2", "Warnings");
        if (report.warnings().isEmpty()) {
            page.element("p", "None.", "class", "note").close();
            return;
        }
        page.open("ul", "class", "warnings").raw("\n");
        report.warnings().forEach(warning -> page.name("li", warning));
        page.close().close();
    }

    private void certificate() {
        RenderReport.Certificate certificate = report.certificate();
        page.open("section").element("h2", "Certificate");
        page.open("ul", "class", "proofs").raw("\n");
        proof(
                certificate.aligned(),
                certificate.aligned()
                        ? "Aligned: every file has the whole timeline, from one start, "
                                + Figures.count(report.frames(), "frame") + "."
                        : "Not aligned: the files differ in start or length.");
        String sumTo = certificate.stemsSumTo();
        if (sumTo != null) {
            sum(
                    !Boolean.FALSE.equals(certificate.nullWithinBound()),
                    "The stems",
                    Verdict.sum(sumTo),
                    certificate.nullResidualDbfs(),
                    certificate.nullBoundDbfs());
        } else if (certificate.stemsTap() != null) {
            page.element(
                    "li",
                    "The stems need not add up: the sum differs from the master by up to "
                            + Figures.level(certificate.nullResidualDbfs()) + " dBFS.",
                    "class",
                    "plain");
        }
        for (RenderReport.SumProof proof : certificate.sums()) {
            sum(
                    proof.withinBound(),
                    String.join(" + ", proof.sumOf()),
                    proof.id(),
                    proof.residualDbfs(),
                    proof.boundDbfs());
        }
        if (certificate.stemsGainDb() != 0) {
            page.element(
                    "li",
                    "All stems carry one gain of " + Figures.decimals(certificate.stemsGainDb(), 2) + " dB.",
                    "class",
                    "plain");
        }
        page.close();
        files();
        page.close();
    }

    private void sum(boolean holds, String parts, String whole, double residualDbfs, double boundDbfs) {
        String residual = residualDbfs == Double.NEGATIVE_INFINITY
                ? "exactly, to the last bit"
                : "to a residual of " + Figures.level(residualDbfs) + " dBFS";
        String bound = boundDbfs == Double.NEGATIVE_INFINITY
                ? "rounding allows nothing"
                : "rounding allows " + Figures.level(boundDbfs) + " dBFS";
        proof(
                holds,
                parts + (holds ? " add up to " : " do not add up to ") + whole + " " + residual + " (" + bound + ").");
    }

    private void proof(boolean holds, String text) {
        page.element("li", text, "class", holds ? "holds" : "broken");
    }

    private void files() {
        page.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", "Files")
                .raw("\n");
        page.open("table", "class", "files").raw("\n");
        head("File", "What", "LUFS", "dBTP", "Frames", "SHA-256");
        page.open("tbody").raw("\n");
        for (RenderReport.FileReport file : report.files()) {
            page.open("tr").raw("\n");
            page.open("th", "scope", "row", "class", "code")
                    .element("bdi", file.path())
                    .close();
            page.element("td", words(file));
            page.element("td", Figures.level(file.loudness().integratedLufs()), "class", "n");
            page.element("td", Figures.level(file.loudness().truePeakDbtp()), "class", "n");
            page.element("td", Figures.count(file.frames()), "class", "n");
            String sha256 = file.sha256();
            page.name("td", sha256 == null ? "–" : sha256, "class", "code hash");
            page.close();
        }
        page.close().close().close();
    }

    private static String words(RenderReport.FileReport file) {
        List<String> words = new ArrayList<>();
        words.add(
                switch (file.kind()) {
                    case AUDIO_MASTER -> "master";
                    case AUDIO_PRE_MASTER -> "pre-master";
                    case AUDIO_BUS_STEM -> file.inSum() ? "stem" : "stem, not in the sum";
                    case AUDIO_DELIVERABLE -> "deliverable";
                });
        words.add(word(file.format()) + " " + word(file.encoding()));
        words.add(Figures.kilohertz(file.sampleRate()) + " kHz");
        List<String> sumOf = file.sumOf();
        if (sumOf != null) {
            words.add("sum of " + String.join(", ", sumOf));
        }
        RenderReport.EncodedReport encoded = file.encoded();
        if (encoded != null) {
            words.add("encoded by " + encoded.encoder());
            Double peak = encoded.decodedTruePeakDbtp();
            if (peak != null) {
                words.add("decodes to " + Figures.level(peak) + " dBTP");
            }
        }
        return String.join(", ", words);
    }

    private void origin() {
        page.open("section").element("h2", "Made from");
        page.open("dl", "class", "facts").raw("\n");
        RenderReport.Engine engine = report.engine();
        fact("Engine", engine.name() + " " + engine.version() + ", DSP revision " + engine.dspRevision(), "");
        for (Map.Entry<String, String> backend : report.backends().entrySet()) {
            fact("Decoder", backend.getKey() + " " + backend.getValue(), "");
        }
        fact("Graph", report.graphHash(), "code hash");
        int latest = report.latencyFrames().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        fact("Latency", latest == 0 ? "none" : Figures.count(latest, "frame") + " at most, compensated", "");
        if (!report.fxPresets().isEmpty()) {
            List<String> presets = new ArrayList<>();
            report.fxPresets().forEach((strip, preset) -> presets.add(strip + ": " + preset));
            fact("Presets", String.join(", ", presets), "");
        }
        page.close();
        if (!report.sources().isEmpty()) {
            sources();
        }
        page.close();
    }

    private void fact(String term, String text, String style) {
        page.open("div").element("dt", term).name("dd", text, "class", style).close();
    }

    private void sources() {
        page.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", "Sources")
                .raw("\n");
        page.open("table", "class", "sources").raw("\n");
        head("Source", "Channels", "kHz", "Length", "Decoder");
        page.open("tbody").raw("\n");
        for (RenderReport.SourceReport source : report.sources()) {
            page.open("tr").raw("\n");
            page.open("th", "scope", "row", "class", "code")
                    .element("bdi", source.name())
                    .close();
            page.element("td", Integer.toString(source.channels()), "class", "n");
            page.element("td", Figures.kilohertz(source.sampleRate()), "class", "n");
            page.element("td", Figures.length(source.frames(), source.sampleRate()), "class", "n");
            String decoder = source.decoder();
            page.element("td", decoder == null ? report.engine().name() : decoder)
                    .close();
        }
        page.close().close().close();
    }

    /** Columns of numbers have short heads. */
    private void head(String... columns) {
        page.open("thead").open("tr").raw("\n");
        for (String column : columns) {
            boolean number = List.of("Frames", "LUFS", "dBTP", "Channels", "kHz", "Length")
                    .contains(column);
            page.element("th", column, "scope", "col", "class", number ? "n" : "");
        }
        page.close().close();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
