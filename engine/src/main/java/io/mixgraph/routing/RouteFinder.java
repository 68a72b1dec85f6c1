package io.mixgraph.routing;

import io.mixgraph.fx.Effect;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import io.mixgraph.model.Send;
import io.mixgraph.model.Tap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows every output, send and key of a console to the strip it names. */
final class RouteFinder {
    private final Console console;
    private final List<Problem> problems;
    private final Map<String, Integer> byId = new HashMap<>();
    private final List<Route> routes = new ArrayList<>();

    RouteFinder(Console console, List<Problem> problems) {
        this.console = console;
        this.problems = problems;
        for (int i = 0; i < console.strips().size(); i++) {
            byId.putIfAbsent(console.strips().get(i).id(), i);
        }
    }

    /** All routes in declared order: strip by strip, output before sends before the keys its effects listen to. */
    List<Route> routes() {
        int master = console.strips().size();
        for (int i = 0; i < master; i++) {
            Strip strip = console.strips().get(i);
            output(i, strip, master);
            for (int s = 0; s < strip.sends().size(); s++) {
                send(i, strip.sends().get(s), strip.place() + "/sends/" + s);
            }
            keys(i, strip.effects(), strip.fxPointer());
        }
        keys(master, console.masterEffects(), "/master/fx");
        return routes;
    }

    private void output(int from, Strip strip, int master) {
        if (strip.output().equals(BusConfig.MASTER)) {
            if (strip.kind() == Node.Kind.BUS) {
                add(from, Tap.POST_FADER, master, Edge.Role.OUTPUT, 0, 0, strip.outputPointer());
            }
            return;
        }
        Integer to = bus(strip.output());
        if (to != null) {
            add(from, Tap.POST_FADER, to, Edge.Role.OUTPUT, 0, 0, strip.outputPointer());
        } else if (strip.kind() == Node.Kind.BUS) {
            problems.add(new Problem(Code.UNKNOWN_BUS, strip.outputPointer(), unknownBus(strip.output())));
        }
    }

    private void send(int from, Send send, String pointer) {
        if (send.to().equals(BusConfig.MASTER)) {
            // The validator has said so.
            return;
        }
        Integer to = bus(send.to());
        if (to == null) {
            problems.add(new Problem(Code.UNKNOWN_BUS, pointer + "/to", unknownBus(send.to())));
        } else if (!send.mute()) {
            add(from, send.tap(), to, Edge.Role.SEND, send.gainDb(), send.pan(), pointer + "/to");
        }
    }

    private void keys(int to, List<Effect> effects, String pointer) {
        for (int e = 0; e < effects.size(); e++) {
            String key = effects.get(e).key();
            if (key == null) {
                continue;
            }
            String place = pointer.endsWith("/fx_preset") ? pointer : pointer + "/" + e + "/key";
            Integer from = byId.get(key);
            if (from == null) {
                problems.add(new Problem(
                        Code.UNKNOWN_KEY,
                        place,
                        "there is no track or bus '" + key + "' to be the key; known are "
                                + String.join(", ", byIdInOrder(false))));
            } else {
                routes.add(new Route(from, Tap.PRE_FADER, to, Edge.Port.KEY, e, Edge.Role.KEY, 0, 0, place));
            }
        }
    }

    private void add(int from, Tap tap, int to, Edge.Role role, double gainDb, double pan, String pointer) {
        routes.add(new Route(from, tap, to, Edge.Port.MAIN, 0, role, gainDb, pan, pointer));
    }

    private @Nullable Integer bus(String id) {
        Integer index = byId.get(id);
        return index != null && console.strips().get(index).kind() == Node.Kind.BUS ? index : null;
    }

    private String unknownBus(String id) {
        return "there is no bus '" + id + "'; known are " + String.join(", ", byIdInOrder(true));
    }

    private List<String> byIdInOrder(boolean busesOnly) {
        return console.strips().stream()
                .filter(strip -> !busesOnly || strip.kind() == Node.Kind.BUS)
                .map(Strip::id)
                .toList();
    }
}
