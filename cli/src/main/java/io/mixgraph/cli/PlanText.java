package io.mixgraph.cli;

import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Tap;
import io.mixgraph.routing.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan as text of at most {@value Paragraph#WIDTH} columns, as far as names and words allow. */
final class PlanText {
    private final PlanSummary plan;
    private final List<String> lines = new ArrayList<>();
    private final int idWidth;

    private PlanText(PlanSummary plan) {
        this.plan = plan;
        this.idWidth = plan.strips().stream()
                .mapToInt(strip -> strip.id().length())
                .max()
                .orElse(0);
    }

    static List<String> lines(PlanSummary plan) {
        PlanText text = new PlanText(plan);
        text.write();
        return text.lines;
    }

    private void write() {
        lines.add(plan.name());
        lines.add("  length      " + time(plan.frames()) + ", " + plan.frames() + " frames at " + plan.sampleRate()
                + " Hz; the last clip ends at " + time(plan.clipEndFrames())
                + ", tails last " + time(plan.tailFrames()));
        lines.add("  graph_hash  " + plan.graphHash());
        section("Tracks", Node.Kind.TRACK);
        section("Buses", Node.Kind.BUS);
        section("Master", Node.Kind.MASTER);
        finish();
        files();
        if (!plan.notes().isEmpty()) {
            head("Notes");
            plan.notes().forEach(note -> wrapped("  - ", note));
        }
    }

    private void head(String title) {
        lines.add("");
        lines.add(title);
    }

    private void section(String title, Node.Kind kind) {
        head(title);
        for (PlanSummary.Strip strip : plan.strips()) {
            if (strip.kind() == kind) {
                strip(strip);
            }
        }
    }

    private void strip(PlanSummary.Strip strip) {
        String first = "  " + strip.id() + " ".repeat(idWidth - strip.id().length());
        List<String> facts = new ArrayList<>();
        if (strip.output() != null) {
            facts.add("→ " + strip.output() + (strip.reason() == null ? "" : ": " + strip.reason()));
        }
        if (!strip.name().equals(strip.id())) {
            facts.add('"' + strip.name() + '"');
        }
        if (strip.kind() == Node.Kind.TRACK) {
            facts.add(strip.channels() == 1 ? "mono" : "stereo");
        }
        if (strip.kind() != Node.Kind.MASTER) {
            level(strip, facts);
        }
        if (strip.latencyFrames() > 0) {
            facts.add("latency " + frames(strip.latencyFrames()));
        }
        if (strip.waitFrames() > 0) {
            facts.add("waits " + frames(strip.waitFrames()) + " for the others");
        }
        String margin = " ".repeat(first.length() + 2);
        wrapped(first + "  ", String.join("; ", facts));
        strip.clips().forEach(clip -> wrapped(margin, clip(clip)));
        for (int i = 0; i < strip.fxWords().size(); i++) {
            String from = i == 0 && strip.fxPreset() != null ? strip.fxPreset() + " = " : "";
            wrapped(margin, from + strip.fxWords().get(i));
        }
        for (PlanSummary.Send send : strip.sends()) {
            wrapped(
                    margin,
                    "send → " + send.to() + ", "
                            + (send.tap() == Tap.POST_FADER
                                    ? "post_fader, with the fader "
                                    : send.tap().name().toLowerCase(Locale.ROOT) + ", ")
                            + value(send.gain(), "dB") + (send.silent() ? ", silent" : ""));
        }
    }

    private static void level(PlanSummary.Strip strip, List<String> facts) {
        facts.add(value(strip.gain(), "dB"));
        facts.addAll(strip.words());
        if (strip.silent()) {
            facts.add("silenced by mute or solo");
        }
    }

    private static String value(Object value, String unit) {
        if (value instanceof Double number) {
            return Figures.exact(number) + (unit.isEmpty() ? "" : " " + unit);
        }
        return "automated by " + ((List<?>) value).size() + " points";
    }

    private String clip(PlanSummary.Clip clip) {
        return clip.source() + " at " + time(clip.startFrame()) + " for " + time(clip.lengthFrames())
                + (clip.offsetFrames() > 0 ? ", from " + time(clip.offsetFrames()) : "")
                + (clip.gainDb() != 0 ? ", " + Figures.exact(clip.gainDb()) + " dB" : "")
                + (clip.sourceRate() != plan.sampleRate() ? ", converted from " + clip.sourceRate() + " Hz" : "");
    }

    private void finish() {
        PlanSummary.Finish master = plan.master();
        List<String> steps = new ArrayList<>();
        steps.add("gain " + value(master.gain(), "dB"));
        Double target = master.targetLufs();
        if (target != null) {
            LoudnessMode mode = master.mode();
            Double reduction = master.maxReductionDb();
            steps.add("loudness to " + Figures.exact(target) + " LUFS"
                    + (master.loudnessPreset() == null ? "" : " (" + master.loudnessPreset() + ")")
                    + (mode == null ? "" : ", mode " + mode.name().toLowerCase(Locale.ROOT))
                    + (reduction == null ? "" : ", reduced by at most " + Figures.exact(reduction) + " dB"));
        }
        Double ceiling = master.limiterTruePeakDb();
        steps.add(ceiling == null ? "no limiter" : "limiter at " + Figures.exact(ceiling) + " dBTP");
        lines.add(" ".repeat(idWidth + 4) + String.join("; ", steps));
    }

    private void files() {
        head("Files");
        Table table = new Table("  path", "encoding", "channels", "bytes");
        for (PlanSummary.File file : plan.files()) {
            table.add(
                    "  " + file.path()
                            + (file.kind().name().endsWith("STEM") && !file.inSum() ? " (not in the sum)" : ""),
                    file.encoding().name().toLowerCase(Locale.ROOT),
                    String.valueOf(file.channels()),
                    String.valueOf(file.bytes()));
        }
        table.add("  total", "", "", String.valueOf(plan.fileBytes()));
        lines.addAll(table.lines());
        lines.add("  " + Figures.size(plan.fileBytes()) + " in files, " + Figures.size(plan.temporaryBytes())
                + " temporary while rendering");
    }

    private String time(long frames) {
        return Figures.time(frames, plan.sampleRate());
    }

    private String frames(long frames) {
        return frames + (frames == 1 ? " frame" : " frames");
    }

    private void wrapped(String before, String text) {
        lines.addAll(Paragraph.lines(before, text));
    }
}
