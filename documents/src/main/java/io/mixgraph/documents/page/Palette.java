package io.mixgraph.documents.page;

import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderTrace;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which colour is whose. Six colours and a grey differ for normal vision, protanopia, deuteranopia and tritanopia by at
 * least 20 in CIE L*a*b* (matrices of Machado, Oliveira and Fernandes, 2009, severity 1) and from the page by a
 * contrast of 3 (WCAG 2.2, 1.4.11), in either scheme. The first six buses have one each, all others the grey.
 */
final class Palette {
    /** Colours that are one bus's alone. */
    static final int OWN = 6;

    private final List<String> buses;

    private Palette(List<String> buses) {
        this.buses = buses;
    }

    /** Stems first, then the other buses, each in their order. */
    static Palette of(RenderTrace trace, MixGraph graph) {
        Set<String> buses = new LinkedHashSet<>();
        for (RenderTrace.FileTrace file : trace.files()) {
            if (file.kind() == PlannedFile.Kind.AUDIO_BUS_STEM) {
                buses.add(file.id());
            }
        }
        for (Node node : graph.nodes()) {
            if (node.kind() == Node.Kind.BUS) {
                buses.add(node.id());
            }
        }
        return new Palette(List.copyOf(buses));
    }

    /** The style of a bus's colour, {@code c0} to {@code c6}; what is no bus is grey too. */
    String style(String bus) {
        int index = buses.indexOf(bus);
        return "c" + (index < 0 ? OWN : Math.min(index, OWN));
    }
}
