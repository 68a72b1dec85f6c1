package io.mixgraph.routing;

import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Key;
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
            keys(i, strip.inserts());
        }
        keys(master, console.masterInserts());
        return routes;
    }

    private void output(int from, Strip strip, int master) {
        if (strip.output().equals(BusConfig.MASTER)) {
            if (strip.kind() == Node.Kind.BUS) {
                add(from, Tap.POST_FADER, master, Edge.Role.OUTPUT, null, strip.outputPointer());
            }
            return;
        }
        Integer to = bus(strip.output());
        if (to != null) {
            add(from, Tap.POST_FADER, to, Edge.Role.OUTPUT, null, strip.outputPointer());
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
        } else if (!send.mute() || !send.automation().mute().isEmpty()) {
            add(from, send.tap(), to, Edge.Role.SEND, send, pointer + "/to");
        }
    }

    private void keys(int to, List<Strip.Placed> inserts) {
        for (int e = 0; e < inserts.size(); e++) {
            Key key = inserts.get(e).insert().key();
            if (key == null || key.from() == null) {
                continue;
            }
            String pointer = inserts.get(e).pointer();
            String place = pointer.endsWith("/fx_preset") ? pointer : pointer + "/key";
            Integer from = byId.get(key.from());
            if (from == null) {
                problems.add(new Problem(
                        Code.UNKNOWN_KEY,
                        place,
                        "there is no track or bus '" + key.from() + "' to be the key; known are "
                                + String.join(", ", byIdInOrder(false))));
            } else {
                routes.add(new Route(from, key.tap(), to, Edge.Port.KEY, e, Edge.Role.KEY, null, place));
            }
        }
    }

    private void add(int from, Tap tap, int to, Edge.Role role, @Nullable Send send, String pointer) {
        routes.add(new Route(from, tap, to, Edge.Port.MAIN, 0, role, send, pointer));
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
