package io.mixgraph.model;

import io.mixgraph.audio.Dither;
import io.mixgraph.audio.Numbers;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.model.FileFormat.Container;
import io.mixgraph.model.Problem.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the output section alone can have wrong beside its fields: formats, deliverables, tags. */
final class OutputRules {
    private static final String STEMS = "/output/stems";
    private static final Pattern ISRC = Pattern.compile("[A-Z]{2}-?[A-Z0-9]{3}-?[0-9]{2}-?[0-9]{5}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?");

    private final Output output;
    private final Report report;

    /** Takes problems. */
    interface Report {
        void problem(Code code, String pointer, String message);
    }

    OutputRules(Output output, Report report) {
        this.output = output;
        this.report = report;
    }

    void check() {
        format(output.master(), "/output/master", false);
        StemOutput stems = output.stems();
        if (stems.enabled()) {
            format(stems.file(), STEMS, false);
            if (stems.nested() && stems.tap() != StemTap.PRE_MASTER) {
                report.problem(
                        Code.CONFLICTING_STEMS,
                        STEMS + "/nested",
                        "what goes through the master is what feeds it; nested stems go with tap: pre_master");
            }
        }
        Map<String, String> ids = new HashMap<>();
        for (int i = 0; i < output.deliverables().size(); i++) {
            Deliverable deliverable = output.deliverables().get(i);
            if (deliverable != null) {
                deliverable(deliverable, "/output/deliverables/" + i, ids);
            }
        }
        tags(output.tags());
    }

    private void format(FileFormat file, String pointer, boolean deliverable) {
        Container container = file.format();
        String name = word(container);
        SampleEncoding encoding = file.encoding();
        if (container == Container.STEM_MP4 && !deliverable) {
            report.problem(
                    Code.UNSUPPORTED_FORMAT, pointer + "/format", "stem_mp4 holds a mix and its stems: a deliverable");
        }
        if (encoding != null && !container.holds(encoding)) {
            report.problem(
                    Code.UNSUPPORTED_FORMAT,
                    pointer + "/encoding",
                    name + " does not hold " + word(encoding)
                            + (container.lossy() ? "; leave encoding out" : "; use pcm16 or pcm24"));
        }
        SampleEncoding stored = file.resolved(SampleEncoding.PCM24).encoding();
        boolean integers = encoding == null ? !container.lossy() : encoding.integer();
        if (file.dither() != null && file.dither() != Dither.NONE && encoding != null && !integers) {
            report.problem(
                    Code.UNSUPPORTED_FORMAT,
                    pointer + "/dither",
                    word(stored) + " is not rounded to integers; leave dither out");
        }
        if (file.bitrateKbps() != null && (!container.lossy() || integers)) {
            report.problem(
                    Code.UNSUPPORTED_FORMAT,
                    pointer + "/bitrate_kbps",
                    name + " has no bit rate to choose; leave it out");
        }
    }

    private void deliverable(Deliverable deliverable, String pointer, Map<String, String> ids) {
        format(deliverable.file(), pointer, true);
        String first = ids.putIfAbsent(deliverable.id(), pointer);
        if (first != null && !deliverable.id().isEmpty()) {
            report.problem(
                    Code.DUPLICATE_ID,
                    pointer + "/id",
                    "\"" + deliverable.id() + "\" is the id of " + first + " already; it names the file");
        }
        boolean four = deliverable.file().format() == Container.STEM_MP4;
        boolean summed = deliverable.sum() != null || deliverable.except() != null;
        if (deliverable.sum() != null && deliverable.except() != null) {
            report.problem(
                    Code.CONFLICTING_DELIVERABLE,
                    pointer + "/except",
                    "sum and except are both given; a deliverable takes one of them");
        }
        if (deliverable.sum() != null && deliverable.sum().isEmpty()) {
            report.problem(Code.CONFLICTING_DELIVERABLE, pointer + "/sum", "the sum of no stem is silence; name one");
        }
        if (four && summed) {
            report.problem(
                    Code.CONFLICTING_DELIVERABLE,
                    pointer + (deliverable.sum() != null ? "/sum" : "/except"),
                    "stem_mp4 holds the whole mix; say by stems what its four stems are");
        }
        if (deliverable.tap() == StemTap.SOLOED) {
            report.problem(
                    Code.CONFLICTING_DELIVERABLE, pointer + "/tap", "soloed stems add up to nothing; use mastered");
        } else if (deliverable.tap() != null && !summed) {
            report.problem(
                    Code.CONFLICTING_DELIVERABLE,
                    pointer + "/tap",
                    "without sum or except it is the master, which has no tap; leave it out");
        }
        stems(deliverable.stems(), four, pointer + "/stems");
        if (four && output.stems().gainDb() != 0) {
            report.problem(
                    Code.CONFLICTING_DELIVERABLE,
                    pointer + "/format",
                    "its stems would not add up to its mix: output.stems.gain_db is "
                            + Numbers.text(output.stems().gainDb()) + ", and has to be 0");
        }
    }

    private void stems(@Nullable Map<String, List<String>> stems, boolean four, String pointer) {
        if (stems == null) {
            return;
        }
        if (!four) {
            report.problem(Code.CONFLICTING_DELIVERABLE, pointer, "stems goes with format: stem_mp4");
        } else if (stems.size() != Deliverable.FOUR_STEMS.size()) {
            report.problem(
                    Code.CONFLICTING_DELIVERABLE,
                    pointer,
                    "a stem_mp4 has four stems, here are " + stems.size() + "; a stem may be the sum of several buses");
        }
        Map<String, String> taken = new HashMap<>();
        stems.forEach((name, buses) -> {
            for (int i = 0; i < buses.size(); i++) {
                String before = taken.putIfAbsent(String.valueOf(buses.get(i)), name);
                if (before != null) {
                    report.problem(
                            Code.CONFLICTING_DELIVERABLE,
                            pointer + "/" + name.replace("~", "~0").replace("/", "~1") + "/" + i,
                            buses.get(i) + " is in " + before + " already; it would be heard twice");
                }
            }
        });
    }

    private void tags(Tags tags) {
        String isrc = tags.isrc();
        if (isrc != null && !ISRC.matcher(isrc).matches()) {
            report.problem(
                    Code.BAD_TAG,
                    "/output/tags/isrc",
                    "\"" + isrc
                            + "\" is no ISRC: two letters, three letters or digits, seven digits, as in QZ-ABC-26-00001");
        }
        String date = tags.date();
        if (date != null && !DATE.matcher(date).matches()) {
            report.problem(
                    Code.BAD_TAG, "/output/tags/date", "\"" + date + "\" is no date: 2026, 2026-11 or 2026-11-25");
        }
    }

    private static String word(@Nullable Enum<?> constant) {
        return String.valueOf(constant).toLowerCase(Locale.ROOT);
    }
}
