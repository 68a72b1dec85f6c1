package io.mixgraph.cli;

import io.mixgraph.render.RenderScope;
import io.mixgraph.routing.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a render was done already, for people. */
final class Reuse {
    private Reuse() {}

    /** One line; of null, that all of it was. */
    static String of(@Nullable RenderScope scope) {
        if (scope == null) {
            return "unchanged  everything stands as it was rendered before";
        }
        List<String> read = read(scope);
        return read.isEmpty()
                ? "rendered   everything"
                : "read       " + String.join(", ", read) + "; rendered " + String.join(", ", rendered(scope));
    }

    /** The buses whose signals were there. */
    static List<String> read(RenderScope scope) {
        return buses(scope, RenderScope.Use.READ);
    }

    /** The buses that were rendered, and the master. */
    static List<String> rendered(RenderScope scope) {
        return buses(scope, RenderScope.Use.RENDERED);
    }

    private static List<String> buses(RenderScope scope, RenderScope.Use use) {
        List<String> buses = new ArrayList<>();
        for (RenderScope.NodeUse node : scope.nodes()) {
            if (node.kind() != Node.Kind.TRACK && node.use() == use) {
                buses.add(node.id());
            }
        }
        return buses;
    }
}
