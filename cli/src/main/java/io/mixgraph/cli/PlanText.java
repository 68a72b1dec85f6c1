package io.mixgraph.cli;

import io.mixgraph.audio.Dither;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tap;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderScope;
import io.mixgraph.routing.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        if (strip.work() == RenderScope.Use.READ) {
            facts.add("read, as it was rendered before");
        } else if (strip.work() == RenderScope.Use.NOT_NEEDED) {
            facts.add("not needed");
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
        Table table = new Table("  path", "format", "Hz", "channels", "bytes");
        for (PlanSummary.File file : plan.files()) {
            table.add(
                    "  " + file.path(),
                    format(file),
                    String.valueOf(file.sampleRate()),
                    String.valueOf(file.channels()),
                    (exact(file) ? "" : "up to ") + file.bytes());
        }
        boolean exact = plan.files().stream().allMatch(PlanText::exact);
        table.add("  total", "", "", "", (exact ? "" : "up to ") + plan.fileBytes());
        lines.addAll(table.lines());
        lines.add("  " + Figures.size(plan.fileBytes()) + " in files, " + Figures.size(plan.temporaryBytes())
                + " temporary while rendering");
        contents();
    }

    private static boolean exact(PlanSummary.File file) {
        return file.format().wave();
    }

    private static String format(PlanSummary.File file) {
        Integer kbps = file.bitrateKbps();
        String name = word(file.format());
        if (kbps != null) {
            return name + " " + kbps + " kbit/s";
        }
        return name + " " + word(file.encoding())
                + (file.dither() == Dither.NONE ? "" : ", " + word(file.dither()) + " dither");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** What is in the files, where their paths do not say it. */
    private void contents() {
        StemTap stems = null;
        List<String> nested = new ArrayList<>();
        for (PlanSummary.File file : plan.files()) {
            if (file.kind() == PlannedFile.Kind.AUDIO_BUS_STEM) {
                stems = file.tap();
                if (!file.inSum() && stems != StemTap.SOLOED) {
                    nested.add(file.id());
                }
            }
        }
        if (stems != null) {
            wrapped(
                    "  stems: ",
                    tap(stems) + (nested.isEmpty() ? "" : "; not in the sum: " + String.join(", ", nested)));
        }
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (PlanSummary.File file : plan.files()) {
            List<String> sum = file.sumOf();
            if (sum != null) {
                ids.computeIfAbsent(contents(file, sum, stems), contents -> new ArrayList<>())
                        .add(file.id());
            }
        }
        ids.forEach((contents, files) -> wrapped("  " + String.join(", ", files) + ": ", contents));
    }

    private static String tap(StemTap tap) {
        return switch (tap) {
            case PRE_MASTER -> "pre_master, and add up to the master's input";
            case MASTERED -> "mastered, and add up to the master";
            case SOLOED -> "soloed, and add up to nothing";
        };
    }

    private static String contents(PlanSummary.File file, List<String> sum, @Nullable StemTap stems) {
        StemTap tap = file.tap();
        Map<String, List<String>> streams = file.stems();
        if (streams != null) {
            List<String> words = new ArrayList<>();
            streams.forEach((name, buses) ->
                    words.add(name + " = " + (buses.isEmpty() ? "silence" : String.join(" + ", buses))));
            return "the master; " + String.join("; ", words);
        }
        if (tap == null) {
            return "the master";
        }
        return (sum.isEmpty() ? "silence" : String.join(" + ", sum)) + (tap == stems ? "" : ", " + word(tap));
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
