package io.mixgraph.model;

import io.mixgraph.audio.Numbers;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.Parameter;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.Problem.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds everything that is wrong with a session by itself, before presets and sources are known. What must be there and
 * what numbers may be comes from the {@link Parameter} of each component, in one walk over the records; the rules
 * between fields follow, and the problems are put into the order of the document's fields.
 */
public final class SessionValidator {
    /** The longest id, in characters: it becomes a file's name. */
    public static final int MAX_ID_LENGTH = 64;

    /** The latest time that a point of a curve may have, in seconds. */
    public static final double MAX_TIME_S = 1e6;

    private static final int VERSION = 1;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private final Session session;
    private final List<Problem> problems = new ArrayList<>();

    /** Numbers all places in the order of the document's fields; null when nobody asks for them. */
    private @Nullable Map<String, Integer> order;

    private SessionValidator(Session session) {
        this.session = session;
    }

    /** All problems, in the order of the document's fields; empty when there is none. */
    public static List<Problem> validate(Session session) {
        if (session.mixgraph() != VERSION) {
            // The rest means something that this engine does not know.
            return List.of(new Problem(
                    Code.UNSUPPORTED_VERSION,
                    "/mixgraph",
                    "this engine reads version " + VERSION + " of the format, not " + session.mixgraph()));
        }
        SessionValidator validator = new SessionValidator(session);
        validator.record(session, "");
        validator.rules();
        List<Problem> problems = validator.problems;
        if (problems.size() > 1) {
            Map<String, Integer> order = order(session);
            problems.sort(Comparator.comparing(problem -> order.getOrDefault(problem.pointer(), 0)));
        }
        return List.copyOf(problems);
    }

    /** In a walk of its own: a session may have many places, and most have no problem. */
    private static Map<String, Integer> order(Session session) {
        Map<String, Integer> order = new HashMap<>();
        SessionValidator numbering = new SessionValidator(session);
        numbering.order = order;
        numbering.record(session, "");
        return order;
    }

    private void report(Code code, String pointer, String message) {
        problems.add(new Problem(code, pointer, message));
    }

    private void record(Object record, String pointer) {
        RecordShape<?> shape = record instanceof Insert insert
                ? Insert.shape(insert.effect().getClass())
                : RecordShape.of(record.getClass());
        for (RecordShape.Field field : shape.fields()) {
            Object value = field.get(record);
            String at = pointer + "/" + field.name();
            visit(at);
            if (value != null && !("".equals(value) && field.required())) {
                value(value, field, at);
            } else if (field.required()) {
                report(
                        Code.MISSING_FIELD,
                        at,
                        field.name() + " must be given: " + field.parameter().doc());
            }
        }
    }

    private void visit(String pointer) {
        if (order != null) {
            order.putIfAbsent(pointer, order.size());
        }
    }

    private void value(Object value, RecordShape.Field field, String pointer) {
        Parameter parameter = field.parameter();
        if (value instanceof Number number) {
            number(number.doubleValue(), field, pointer);
        } else if (value instanceof Automation.Point point) {
            visit(pointer + "/0");
            range(point.timeS(), 0, MAX_TIME_S, "s", pointer + "/0");
            visit(pointer + "/1");
            range(point.value(), parameter.min(), parameter.max(), field.unit(), pointer + "/1");
        } else if (value instanceof Automation.Switch point) {
            visit(pointer + "/0");
            range(point.timeS(), 0, MAX_TIME_S, "s", pointer + "/0");
        } else if (value instanceof Recording recording) {
            if (recording.name().isEmpty()) {
                report(Code.MISSING_FIELD, pointer, field.name() + " must be given: " + parameter.doc());
            }
        } else if (value instanceof Tail tail) {
            range(tail.seconds(), 0, Tail.MAX_SECONDS, "s", pointer);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                item(list.get(i), field, pointer + "/" + i);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, item) -> item(item, field, pointer + "/" + escaped((String) name)));
        } else if (value instanceof Record) {
            record(value, pointer);
        }
    }

    private void item(@Nullable Object item, RecordShape.Field field, String pointer) {
        visit(pointer);
        if (item == null) {
            report(Code.MISSING_FIELD, pointer, "there is nothing here");
        } else {
            value(item, field, pointer);
        }
    }

    private void number(double value, RecordShape.Field field, String pointer) {
        Parameter parameter = field.parameter();
        if (parameter.oneOf().length == 0) {
            range(value, parameter.min(), parameter.max(), field.unit(), pointer);
        } else if (!field.allows(value)) {
            String allowed =
                    Arrays.stream(parameter.oneOf()).mapToObj(Numbers::text).collect(Collectors.joining(", "));
            report(Code.OUT_OF_RANGE, pointer, Numbers.text(value) + " is none of " + allowed);
        }
    }

    private void range(double value, double min, double max, String unit, String pointer) {
        if (!(value >= min && value <= max) || Double.isInfinite(value)) {
            report(
                    Code.OUT_OF_RANGE,
                    pointer,
                    Numbers.text(value) + " is out of range: "
                            + (Numbers.text(min) + " to " + Numbers.text(max) + " " + unit).strip());
        }
    }

    private void rules() {
        if (session.tracks().stream()
                .allMatch(track -> track != null && track.clips().isEmpty())) {
            report(Code.EMPTY_SESSION, "/tracks", "no track has anything to play");
        }
        Map<String, String> ids = new HashMap<>();
        each(session.tracks(), "/tracks", (track, at) -> {
            id(track.id(), at + "/id", ids);
            feeds(track.bus(), "a track", at + "/bus");
            each(track.clips(), at + "/clips", this::clip);
            channel(track.channel(), at);
        });
        session.fxChains().forEach((id, chain) -> {
            wellFormed(id, "/fx_chains/" + escaped(id));
            each(chain, "/fx_chains/" + escaped(id), this::insert);
        });
        Map<String, String> roles = new HashMap<>();
        each(session.buses(), "/buses", (bus, at) -> {
            id(bus.id(), at + "/id", ids);
            if (BusConfig.MASTER.equals(bus.id())) {
                report(Code.BAD_ID, at + "/id", "master means the last bus; its settings go into the field master");
            }
            if (Deliverable.RESIDUAL.equals(bus.id())) {
                report(
                        Code.BAD_ID,
                        at + "/id",
                        "residual means the stem of what the master's effects add; call the bus something else");
            }
            each(bus.trackRoles(), at + "/track_roles", (role, place) -> claim(role, bus, roles, place));
            channel(bus.channel(), at);
        });
        Master master = session.master();
        inserts(master.inserts(), "/master");
        if (master.automation() != null) {
            rising(master.automation().gainDb(), Automation.Point::timeS, "/master/automation/gain_db");
        }
        if (master.loudness() != null) {
            loudness(master.loudness(), master.limiter());
        }
        each(session.output().deliverables(), "/output/deliverables", (deliverable, at) -> {
            if (!deliverable.id().isEmpty()) {
                wellFormed(deliverable.id(), at + "/id");
            }
        });
        new OutputRules(session.output(), this::report).check();
    }

    private static <T> void each(@Nullable List<T> list, String pointer, BiConsumer<T, String> rule) {
        for (int i = 0; list != null && i < list.size(); i++) {
            T item = list.get(i);
            if (item != null) {
                rule.accept(item, pointer + "/" + i);
            }
        }
    }

    private void id(@Nullable String id, String pointer, Map<String, String> ids) {
        if (id == null || id.isEmpty()) {
            return;
        }
        wellFormed(id, pointer);
        String first = ids.putIfAbsent(id, pointer);
        if (first != null) {
            report(
                    Code.DUPLICATE_ID,
                    pointer,
                    quoted(id) + " is the id of " + first.substring(0, first.lastIndexOf('/'))
                            + " already; tracks and buses share their names");
        }
    }

    private void wellFormed(String id, String pointer) {
        if (id.length() > MAX_ID_LENGTH || !ID.matcher(id).matches()) {
            report(
                    Code.BAD_ID,
                    pointer,
                    quoted(id) + " is no id: letters, digits, _ and -, the first a letter or digit, at most "
                            + MAX_ID_LENGTH);
        }
    }

    private void feeds(@Nullable String bus, String what, String pointer) {
        if (BusConfig.MASTER.equals(bus)) {
            report(Code.DIRECT_TO_MASTER, pointer, what + " cannot go straight to the master; send it to a bus");
        }
    }

    private void channel(Channel channel, String pointer) {
        inserts(channel.inserts(), pointer);
        each(channel.sends(), pointer + "/sends", (send, at) -> {
            feeds(send.to(), "a send", at + "/to");
            SendAutomation curves = send.automation();
            rising(curves.gainDb(), Automation.Point::timeS, at + "/automation/gain_db");
            rising(curves.pan(), Automation.Point::timeS, at + "/automation/pan");
            rising(curves.mute(), Automation.Switch::timeS, at + "/automation/mute");
        });
        Automation curves = channel.automation() == null ? Automation.NONE : channel.automation();
        rising(curves.gainDb(), Automation.Point::timeS, pointer + "/automation/gain_db");
        rising(curves.pan(), Automation.Point::timeS, pointer + "/automation/pan");
        rising(curves.width(), Automation.Point::timeS, pointer + "/automation/width");
        rising(curves.panLeft(), Automation.Point::timeS, pointer + "/automation/pan_left");
        rising(curves.panRight(), Automation.Point::timeS, pointer + "/automation/pan_right");
        rising(curves.mute(), Automation.Switch::timeS, pointer + "/automation/mute");
        pans(channel, curves, pointer);
    }

    /** One pan or two: what belongs to the other kind would be without effect. */
    private void pans(Channel channel, Automation curves, String pointer) {
        Map<String, Boolean> idle = new LinkedHashMap<>();
        if (channel.panMode() == PanMode.DUAL) {
            idle.put("/pan", channel.pan() != null && channel.pan() != 0);
            idle.put("/automation/pan", !curves.pan().isEmpty());
        } else if (channel.panMode() == PanMode.BALANCE) {
            idle.put("/pan_left", channel.panLeft() != null);
            idle.put("/pan_right", channel.panRight() != null);
            idle.put("/automation/pan_left", !curves.panLeft().isEmpty());
            idle.put("/automation/pan_right", !curves.panRight().isEmpty());
        }
        idle.forEach((field, given) -> {
            if (given) {
                report(
                        Code.CONFLICTING_PAN,
                        pointer + field,
                        channel.panMode() == PanMode.DUAL
                                ? "pan_mode: dual takes pan_left and pan_right; leave this out"
                                : "this goes with pan_mode: dual, and pan_mode is balance");
            }
        });
    }

    private void insert(Insert insert, String pointer) {
        Effect effect = insert.effect();
        Key key = insert.key();
        if (key != null && effect.curveCount() == 0) {
            report(
                    Code.KEY_WITHOUT_DETECTOR,
                    pointer + "/key",
                    "the effect " + EffectCatalogue.of(effect).name()
                            + " listens to nothing, so a key has no use here");
        } else if ((key == null || key.from() == null) && effect.needsKey()) {
            report(
                    Code.MISSING_FIELD,
                    pointer + "/key",
                    "the effect " + EffectCatalogue.of(effect).name()
                            + " needs a key: the track or bus that drives it");
        }
        insert.automation().forEach((path, points) -> {
            String at = pointer + "/automation/" + escaped(path);
            RecordShape.Field field = insert.parameter(path);
            if (field == null) {
                report(
                        Code.UNKNOWN_FIELD,
                        at,
                        "the effect " + EffectCatalogue.of(effect).name() + " has no parameter " + quoted(path));
            } else if (!field.automatable()) {
                report(Code.NOT_AUTOMATABLE, at, field.name() + " cannot move while the effect runs");
            } else {
                for (int i = 0; i < points.size(); i++) {
                    Parameter parameter = field.parameter();
                    double value = points.get(i).value();
                    range(value, parameter.min(), parameter.max(), field.unit(), at + "/" + i + "/1");
                }
            }
            rising(points, Automation.Point::timeS, at);
        });
    }

    private void inserts(Inserts inserts, String pointer) {
        each(inserts.fx(), pointer + "/fx", this::insert);
        List<Insert> fx = inserts.fx();
        String fxPreset = inserts.fxPreset();
        String fxChainId = inserts.fxChainId();
        List<String> given = new ArrayList<>();
        if (fx != null) {
            given.add("fx");
        }
        if (fxPreset != null) {
            given.add("fx_preset");
        }
        if (fxChainId != null) {
            given.add("fx_chain_id");
        }
        if (given.size() > 1) {
            report(
                    Code.CONFLICTING_FX,
                    pointer + "/" + given.get(1),
                    String.join(" and ", given) + " are given; a strip takes one of them");
        }
        if (fxChainId != null && !session.fxChains().containsKey(fxChainId)) {
            String chains = session.fxChains().isEmpty()
                    ? "fx_chains is empty"
                    : "there are " + String.join(", ", session.fxChains().keySet());
            report(
                    Code.UNKNOWN_CHAIN,
                    pointer + "/fx_chain_id",
                    "no chain of fx_chains is called " + quoted(fxChainId) + "; " + chains);
        }
    }

    private void clip(Clip clip, String pointer) {
        rising(clip.gainEnvelope(), Automation.Point::timeS, pointer + "/gain_envelope");
        Double durationS = clip.durationS();
        if (durationS == null
                || !Double.isFinite(durationS)
                || !Double.isFinite(clip.fadeInS())
                || !Double.isFinite(clip.fadeOutS())) {
            return;
        }
        // In decimals, as written: 0.1 and 0.2 do fit in 0.3.
        BigDecimal fades = Numbers.exact(clip.fadeInS()).add(Numbers.exact(clip.fadeOutS()));
        if (fades.compareTo(Numbers.exact(durationS)) > 0) {
            report(
                    Code.FADE_TOO_LONG,
                    pointer + (clip.fadeOutS() > 0 ? "/fade_out_s" : "/fade_in_s"),
                    "the fades take " + fades.toPlainString() + " s, and the clip is " + Numbers.text(durationS)
                            + " s long");
        }
    }

    private <T> void rising(List<T> points, ToDoubleFunction<T> timeS, String pointer) {
        for (int i = 1; i < points.size(); i++) {
            T before = points.get(i - 1);
            T point = points.get(i);
            if (before != null && point != null && timeS.applyAsDouble(point) <= timeS.applyAsDouble(before)) {
                report(
                        Code.UNORDERED_POINTS,
                        pointer + "/" + i,
                        "the point at " + Numbers.text(timeS.applyAsDouble(point))
                                + " s does not come after the one at " + Numbers.text(timeS.applyAsDouble(before))
                                + " s");
            }
        }
    }

    private void claim(String role, BusConfig bus, Map<String, String> roles, String pointer) {
        String owner = roles.putIfAbsent(Roles.normalise(role), String.valueOf(bus.id()));
        if (owner != null) {
            report(
                    Code.CONFLICTING_ROLE,
                    pointer,
                    "the role " + quoted(role) + " is claimed by bus " + owner + " already");
        }
    }

    private void loudness(LoudnessConfig loudness, @Nullable LimiterConfig limiter) {
        String pointer = "/master/loudness";
        if (loudness.preset() != null && loudness.targetLufs() != null) {
            report(
                    Code.CONFLICTING_TARGET,
                    pointer + "/target_lufs",
                    "preset and target_lufs are both given; leave one of them out");
        } else if (loudness.preset() == null && loudness.targetLufs() == null) {
            report(Code.CONFLICTING_TARGET, pointer, "there is no target: give target_lufs or preset");
        }
        if (loudness.maxReductionDb() != null && loudness.mode() != LoudnessMode.LIMIT) {
            report(
                    Code.REDUCTION_WITHOUT_LIMIT,
                    pointer + "/max_reduction_db",
                    "max_reduction_db bounds the limiter, which only mode: limit uses; leave it out, or use mode:"
                            + " limit");
        }
        if (limiter == null) {
            return;
        }
        if (!limiter.enabled()) {
            if (loudness.mode() == LoudnessMode.LIMIT && loudness.wanted()) {
                report(
                        Code.LIMIT_WITHOUT_LIMITER,
                        pointer + "/mode",
                        "mode: limit needs the limiter, which is off; use mode: hold_back, or turn it on");
            }
        } else if (limiter.truePeakDb() != null
                && loudness.truePeakDb() != null
                && !limiter.truePeakDb().equals(loudness.truePeakDb())) {
            report(
                    Code.CONFLICTING_CEILING,
                    pointer + "/true_peak_db",
                    "the limiter's ceiling is " + Numbers.text(limiter.truePeakDb()) + " and the loudness target's "
                            + Numbers.text(loudness.truePeakDb()) + "; give one, or make them equal");
        }
    }

    private static String quoted(String word) {
        return '"' + (word.length() <= MAX_ID_LENGTH ? word : word.substring(0, MAX_ID_LENGTH) + "...") + '"';
    }

    /** A name as a token of a JSON pointer (RFC 6901, section 3). */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
