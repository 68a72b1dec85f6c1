package io.mixgraph.routing;

import io.mixgraph.fx.Limiter;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Insert;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.MasterAutomation;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import io.mixgraph.model.Roles;
import io.mixgraph.model.Session;
import io.mixgraph.model.SessionValidator;
import io.mixgraph.model.Track;
import io.mixgraph.preset.BusPreset;
import io.mixgraph.preset.BusPresets;
import io.mixgraph.preset.FxPreset;
import io.mixgraph.preset.FxPresets;
import io.mixgraph.preset.LoudnessTargets;
import io.mixgraph.preset.LoudnessTargets.LoudnessTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A session with its presets merged in, before anything is known of its sources: strips in declared order, tracks
 * first.
 *
 * @param strips tracks, then the preset's buses, then the document's own
 * @param busMap for each track, in declared order, its bus and why
 * @param masterInserts the master's effects, those that are bypassed left out
 * @param masterFxPreset the versioned name of the FX preset they come from, null for none
 * @param finish what the master does after its effects, its fader at rest
 * @param masterAutomation what moves its fader
 * @param notes what merging decided that a reader of the document may not expect
 */
record Console(
        List<Strip> strips,
        Map<String, BusChoice> busMap,
        List<Strip.Placed> masterInserts,
        @Nullable String masterFxPreset,
        MasterFinish finish,
        MasterAutomation masterAutomation,
        List<String> notes) {
    static final double DEFAULT_CEILING_DB = -1;

    /**
     * Merges a session. What only merging shows to be wrong with it is added to {@code problems}; what the document
     * alone shows, {@link SessionValidator} has found.
     */
    static Console merge(Session session, List<Problem> problems) {
        return new Merger(session, problems).merge();
    }

    /** Effects, and the preset that they come from. */
    private record Fx(List<Strip.Placed> inserts, @Nullable String preset) {
        static final Fx NONE = new Fx(List.of(), null);
    }

    private static final class Merger {
        private final Session session;
        private final List<Problem> problems;
        private final List<String> notes = new ArrayList<>();

        Merger(Session session, List<Problem> problems) {
            this.session = session;
            this.problems = problems;
        }

        Console merge() {
            BusPreset preset = BusPresets.byName(session.busPreset()).orElse(null);
            if (preset == null) {
                problem(
                        Code.UNKNOWN_PRESET,
                        "/bus_preset",
                        "there is no bus preset '" + session.busPreset() + "'; known are "
                                + String.join(", ", BusPresets.names()));
            }
            Map<String, Strip> buses = new LinkedHashMap<>();
            Map<String, String> takers = new TreeMap<>();
            mergeBuses(preset == null ? List.of() : preset.buses(), buses, takers);

            List<Strip> strips = new ArrayList<>();
            Map<String, BusChoice> busMap = new LinkedHashMap<>();
            for (int i = 0; i < session.tracks().size(); i++) {
                Track track = session.tracks().get(i);
                String pointer = "/tracks/" + i;
                BusChoice choice = choose(track, pointer, buses, takers);
                Strip namesake = buses.get(track.id());
                if (namesake != null && namesake.pointer() == null) {
                    problem(
                            Code.DUPLICATE_ID,
                            pointer + "/id",
                            "the bus preset has a bus '" + track.id() + "'; give the track another id");
                }
                busMap.put(track.id(), choice);
                Fx fx = fx(pointer, track.channel().inserts());
                strips.add(new Strip(
                        Node.Kind.TRACK,
                        track.id(),
                        track.name() == null ? track.id() : track.name(),
                        pointer,
                        fx.inserts,
                        fx.preset,
                        track.channel(),
                        session.panLawDb(),
                        choice.bus(),
                        pointer + "/bus"));
            }
            strips.addAll(buses.values());

            Master master = preset == null ? session.master() : session.master().over(preset.master());
            Fx masterFx = fx("/master", master.inserts());
            return new Console(
                    Collections.unmodifiableList(strips),
                    Collections.unmodifiableMap(busMap),
                    masterFx.inserts,
                    masterFx.preset,
                    finish(master),
                    master.automation() == null ? MasterAutomation.NONE : master.automation(),
                    notes);
        }

        /** Preset buses first, each under the document's bus of the same id; then the document's own, in order. */
        private void mergeBuses(List<BusConfig> presetBuses, Map<String, Strip> buses, Map<String, String> takers) {
            Map<String, Integer> written = new TreeMap<>();
            for (int i = 0; i < session.buses().size(); i++) {
                written.putIfAbsent(session.buses().get(i).id(), i);
            }
            List<BusConfig> merged = new ArrayList<>();
            List<@Nullable String> pointers = new ArrayList<>();
            for (BusConfig presetBus : presetBuses) {
                Integer index = written.remove(presetBus.id());
                merged.add(
                        index == null ? presetBus : session.buses().get(index).over(presetBus));
                pointers.add(index == null ? null : "/buses/" + index);
            }
            for (int i = 0; i < session.buses().size(); i++) {
                BusConfig bus = session.buses().get(i);
                if (written.remove(bus.id(), i)) {
                    merged.add(bus);
                    pointers.add("/buses/" + i);
                }
            }
            claimRoles(merged, pointers, takers);
            for (int i = 0; i < merged.size(); i++) {
                buses.put(merged.get(i).id(), strip(merged.get(i), pointers.get(i)));
            }
        }

        /** A role that the document writes wins over one that a preset brings; two of the same standing never meet. */
        private void claimRoles(List<BusConfig> buses, List<@Nullable String> pointers, Map<String, String> takers) {
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < buses.size(); i++) {
                    BusConfig bus = buses.get(i);
                    String pointer = pointers.get(i);
                    boolean written = pointer != null
                            && session.buses().get(indexOf(pointer)).trackRoles() != null;
                    if (bus.trackRoles() == null || written != (pass == 0)) {
                        continue;
                    }
                    for (String claimed : bus.trackRoles()) {
                        String role = Roles.normalise(claimed);
                        String earlier = takers.putIfAbsent(role, bus.id());
                        if (earlier != null && !written) {
                            notes.add("the bus '" + earlier + "' takes the role '" + role + "' from the preset's bus '"
                                    + bus.id() + "'");
                        }
                    }
                }
            }
        }

        private static int indexOf(String busPointer) {
            return Integer.parseInt(busPointer.substring(busPointer.lastIndexOf('/') + 1));
        }

        private Strip strip(BusConfig bus, @Nullable String pointer) {
            String place = pointer == null ? "/bus_preset" : pointer;
            Fx fx = fx(place, bus.channel().inserts());
            return new Strip(
                    Node.Kind.BUS,
                    bus.id(),
                    bus.name() == null ? bus.id() : bus.name(),
                    pointer,
                    fx.inserts,
                    fx.preset,
                    bus.channel(),
                    session.panLawDb(),
                    bus.output() == null ? BusConfig.MASTER : bus.output(),
                    place + "/output");
        }

        /** An explicit bus wins; else the bus that takes the role; else the bus that takes the rest. */
        private BusChoice choose(Track track, String pointer, Map<String, Strip> buses, Map<String, String> takers) {
            if (track.bus() != null) {
                if (!track.bus().equals(BusConfig.MASTER) && !buses.containsKey(track.bus())) {
                    problem(Code.UNKNOWN_BUS, pointer + "/bus", unknownBus(track.bus(), buses));
                }
                return new BusChoice(track.bus(), "its bus is given");
            }
            String rest = takers.get(Roles.ANY);
            if (track.role() != null) {
                String role = Roles.normalise(track.role());
                String taker = takers.get(role);
                if (taker != null) {
                    return new BusChoice(taker, "the bus takes the role '" + role + "'");
                }
                if (rest != null) {
                    return new BusChoice(rest, "no bus takes the role '" + role + "', and this one takes the rest");
                }
            } else if (rest != null) {
                return new BusChoice(rest, "it has neither bus nor role, and this bus takes the rest");
            }
            problem(
                    Code.UNKNOWN_BUS,
                    pointer,
                    "no bus takes "
                            + (track.role() == null ? "a track without a role" : "the role '" + track.role() + "'")
                            + "; give the track a bus, or a bus the role '" + Roles.ANY + "'");
            return new BusChoice("", "none");
        }

        private static String unknownBus(String bus, Map<String, Strip> buses) {
            return "there is no bus '" + bus + "'; known are " + String.join(", ", buses.keySet());
        }

        private Fx fx(String pointer, Inserts written) {
            if (written.fx() != null) {
                return new Fx(placed(written.fx(), pointer + "/fx/"), null);
            }
            String preset = written.fxPreset();
            if (preset != null) {
                FxPreset found = FxPresets.byName(preset).orElse(null);
                if (found == null) {
                    problem(
                            Code.UNKNOWN_PRESET,
                            pointer + "/fx_preset",
                            "there is no FX preset '" + preset + "'; known are "
                                    + String.join(", ", FxPresets.names()));
                    return Fx.NONE;
                }
                return new Fx(
                        found.inserts().stream()
                                .map(insert -> new Strip.Placed(insert, pointer + "/fx_preset"))
                                .toList(),
                        found.name() + "@" + found.version());
            }
            String chain = written.fxChainId();
            return chain == null
                    ? Fx.NONE
                    : new Fx(
                            placed(session.fxChains().getOrDefault(chain, List.of()), "/fx_chains/" + chain + "/"),
                            null);
        }

        private static List<Strip.Placed> placed(List<Insert> inserts, String pointer) {
            return IntStream.range(0, inserts.size())
                    .filter(i -> !inserts.get(i).bypass())
                    .mapToObj(i -> new Strip.Placed(inserts.get(i), pointer + i))
                    .toList();
        }

        /**
         * The ceiling is the limiter's if written, else the loudness target's, else the published target's, else −1
         * dBTP.
         */
        private MasterFinish finish(Master master) {
            LimiterConfig limiter = master.limiter() == null ? new LimiterConfig(true, null) : master.limiter();
            LoudnessConfig loudness = master.loudness();
            Double ceiling = limiter.enabled() ? limiter.truePeakDb() : null;
            Double lufs = null;
            LoudnessTarget published = loudness == null ? null : published(loudness);
            if (loudness != null) {
                lufs = published == null ? loudness.targetLufs() : published.targetLufs();
                if (ceiling == null) {
                    ceiling = loudness.truePeakDb();
                }
                if (ceiling == null && published != null) {
                    ceiling = published.truePeakDb();
                }
            }
            double ceilingDb = ceiling == null ? DEFAULT_CEILING_DB : ceiling;
            return new MasterFinish(
                    Curve.constant(master.gainDb() == null ? 0 : master.gainDb()),
                    limiter.enabled() ? Limiter.at(ceilingDb) : null,
                    loudness == null || lufs == null
                            ? null
                            : new MasterFinish.Target(
                                    lufs,
                                    ceilingDb,
                                    loudness.mode(),
                                    loudness.maxReductionDb(),
                                    published == null ? null : published.id(),
                                    published == null ? null : published.maxShortTermLufs()));
        }

        private @Nullable LoudnessTarget published(LoudnessConfig loudness) {
            if (loudness.preset() == null) {
                return null;
            }
            LoudnessTarget published =
                    LoudnessTargets.byName(Roles.normalise(loudness.preset())).orElse(null);
            if (published == null) {
                problem(
                        Code.UNKNOWN_PRESET,
                        "/master/loudness/preset",
                        "there is no loudness preset '" + loudness.preset() + "'; known are "
                                + String.join(", ", LoudnessTargets.names()));
            }
            return published;
        }

        private void problem(Code code, String pointer, String message) {
            problems.add(new Problem(code, pointer, message));
        }
    }
}
