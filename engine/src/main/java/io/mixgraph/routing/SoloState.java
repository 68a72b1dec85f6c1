package io.mixgraph.routing;

import java.util.List;

/**
 * What stays open when something is soloed. Unsoloed tracks are silent, buses never are: returns and all that is
 * downstream stay open. A soloed bus keeps everything upstream: a track whose output leads into it counts as soloed,
 * and a send that leads into it stays open.
 */
final class SoloState {
    private final List<Strip> strips;
    private final List<Route> routes;
    private final boolean any;

    SoloState(List<Strip> strips, List<Route> routes) {
        this.strips = strips;
        this.routes = routes;
        this.any = strips.stream().anyMatch(Strip::solo);
    }

    /** Whether a MAIN route carries sound. */
    boolean open(Route route) {
        Strip from = strips.get(route.from());
        return !any || from.kind() != Node.Kind.TRACK || reachesSolo(route.from()) || reachesSolo(route.to());
    }

    /** Whether a strip is soloed, or its output leads into one that is. */
    private boolean reachesSolo(int strip) {
        int at = strip;
        while (at < strips.size()) {
            if (strips.get(at).solo()) {
                return true;
            }
            at = outputOf(at);
        }
        return false;
    }

    private int outputOf(int strip) {
        for (Route route : routes) {
            if (route.from() == strip && route.role() == Edge.Role.OUTPUT) {
                return route.to();
            }
        }
        return strips.size();
    }
}
