package io.mixgraph.documents.page;

import io.mixgraph.render.RenderReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A render in one line of plain words.
 *
 * @param tone how it went
 * @param text sentences
 */
record Verdict(Tone tone, String text) {
    /** How much above the ceiling an independent meter may read. */
    private static final double METER_TOLERANCE_DB = 0.1;

    /** How it went. */
    enum Tone {
        /** All that was asked for is there. */
        GOOD("Good"),
        /** Something stood in the way. */
        BOUND("Look here"),
        /** A promise is broken. */
        BAD("Wrong");

        private final String word;

        Tone(String word) {
            this.word = word;
        }

        /** For people. */
        String word() {
            return word;
        }

        /** Its style. */
        String style() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Tone or(Tone other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    static Verdict of(RenderReport report) {
        List<Verdict> parts = new ArrayList<>();
        parts.add(loudness(report.loudnormMetrics()));
        if (Double.isFinite(report.loudnormMetrics().outputTp())) {
            parts.add(peak(report.loudnormMetrics()));
        }
        parts.add(stems(report));
        Tone tone = Tone.GOOD;
        List<String> sentences = new ArrayList<>();
        for (Verdict part : parts) {
            tone = tone.or(part.tone);
            sentences.add(part.text);
        }
        return new Verdict(tone, String.join(" ", sentences));
    }

    private static Verdict loudness(RenderReport.LoudnormMetrics metrics) {
        Double target = metrics.targetI();
        String lufs = Figures.level(metrics.outputI()) + " LUFS";
        // By name: what may bind a render grows.
        String binding = metrics.binding().name();
        if (binding.equals("SILENCE") || !Double.isFinite(metrics.outputI())) {
            return new Verdict(Tone.BOUND, "Silence, or too short: there is no loudness to measure.");
        }
        if (target == null || binding.equals("NONE")) {
            return new Verdict(Tone.GOOD, lufs + "; no target was asked for.");
        }
        if (binding.equals("TARGET")) {
            return new Verdict(Tone.GOOD, lufs + ", target met.");
        }
        String missed = lufs + ", " + Figures.level(Math.abs(metrics.outputI() - target)) + " LU "
                + (metrics.outputI() < target ? "below" : "above") + " the target of " + Figures.level(target) + ": ";
        String why = switch (binding) {
            case "TRUE_PEAK" -> "peaks are in the way (true_peak).";
            case "MAX_REDUCTION" -> "the limiter took all that it may (max_reduction).";
            default -> "bound by " + binding.toLowerCase(Locale.ROOT) + ".";
        };
        return new Verdict(Tone.BOUND, missed + why);
    }

    private static Verdict peak(RenderReport.LoudnormMetrics metrics) {
        Double ceiling = metrics.targetTp();
        String peak = "True peak " + Figures.level(metrics.outputTp()) + " dBTP, ";
        if (ceiling == null) {
            return metrics.outputTp() > 0
                    ? new Verdict(Tone.BOUND, peak + "over full scale: there is no limiter.")
                    : new Verdict(Tone.GOOD, peak + "without a limiter.");
        }
        double over = metrics.outputTp() - ceiling;
        if (over > METER_TOLERANCE_DB) {
            return new Verdict(
                    Tone.BAD,
                    peak + Figures.decimals(over, 2) + " dB over the ceiling of " + Figures.level(ceiling) + ".");
        }
        return new Verdict(Tone.GOOD, peak + (over > 0 ? "at the ceiling." : "under the ceiling."));
    }

    private static Verdict stems(RenderReport report) {
        RenderReport.Certificate certificate = report.certificate();
        if (!certificate.aligned()) {
            return new Verdict(Tone.BAD, "The files do not line up.");
        }
        if (!certificate.holds()) {
            return new Verdict(Tone.BAD, "The stems do not add up.");
        }
        long stems = Stems.of(report).size();
        if (stems == 0) {
            return new Verdict(Tone.GOOD, "No stems.");
        }
        String sum = certificate.stemsSumTo();
        if (sum == null) {
            return new Verdict(Tone.GOOD, Figures.count(stems, "stem") + ", which need not add up.");
        }
        long inSum =
                Stems.of(report).stream().filter(RenderReport.FileReport::inSum).count();
        return new Verdict(
                Tone.GOOD,
                Figures.count(inSum, "stem") + (inSum == 1 ? " adds up to " : " add up to ") + sum(sum) + ".");
    }

    /** What stems add up to, in words. */
    static String sum(String sumTo) {
        return switch (sumTo) {
            case "master" -> "the master";
            case "pre_master" -> "what the master was fed";
            default -> sumTo;
        };
    }
}
