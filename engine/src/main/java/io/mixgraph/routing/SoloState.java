package io.mixgraph.routing;

import java.util.Arrays;
import java.util.List;

/**
 * What stays open when something is soloed. Unsoloed tracks are silent, buses never are: returns and all that is
 * downstream stay open. A soloed bus keeps everything upstream: a track whose output leads into it counts as soloed,
 * and a send that leads into it stays open.
 */
final class SoloState {
    private final List<Strip> strips;
    private final boolean any;

    /** For each strip where its output goes; the master stands after all strips, and needs none. */
    private final int[] outputs;

    SoloState(List<Strip> strips, List<Route> routes) {
        this.strips = strips;
        this.any = strips.stream().anyMatch(Strip::solo);
        this.outputs = new int[strips.size()];
        Arrays.fill(outputs, strips.size());
        for (Route route : routes) {
            if (route.role() == Edge.Role.OUTPUT) {
                outputs[route.from()] = route.to();
            }
        }
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
            at = outputs[at];
        }
        return false;
    }
}
