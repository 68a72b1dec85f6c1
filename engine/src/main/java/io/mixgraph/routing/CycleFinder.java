package io.mixgraph.routing;

import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import java.util.ArrayList;
import java.util.List;

/** Finds routes that lead back to where they came from, depth first in declared order, each named in full. */
final class CycleFinder {
    private enum Visit {
        NEW,
        OPEN,
        DONE
    }

    private final List<Strip> strips;
    private final List<Problem> problems;
    private final List<List<Route>> leaving = new ArrayList<>();
    private final Visit[] visits;
    private final List<Route> path = new ArrayList<>();

    CycleFinder(List<Strip> strips, List<Route> routes, List<Problem> problems) {
        this.strips = strips;
        this.problems = problems;
        this.visits = new Visit[strips.size() + 1];
        for (int i = 0; i <= strips.size(); i++) {
            leaving.add(new ArrayList<>());
            visits[i] = Visit.NEW;
        }
        for (Route route : routes) {
            leaving.get(route.from()).add(route);
        }
    }

    void find() {
        for (int i = 0; i < strips.size(); i++) {
            if (visits[i] == Visit.NEW) {
                visit(i);
            }
        }
    }

    private void visit(int strip) {
        visits[strip] = Visit.OPEN;
        for (Route route : leaving.get(strip)) {
            path.add(route);
            if (visits[route.to()] == Visit.OPEN) {
                report();
            } else if (visits[route.to()] == Visit.NEW) {
                visit(route.to());
            }
            path.remove(path.size() - 1);
        }
        visits[strip] = Visit.DONE;
    }

    /**
     * The path's last route closes a cycle; it is reported there, or at the last of its routes that the document itself
     * writes.
     */
    private void report() {
        int back = path.get(path.size() - 1).to();
        int first = path.size() - 1;
        while (path.get(first).from() != back) {
            first--;
        }
        StringBuilder way = new StringBuilder(strips.get(back).id());
        String pointer = "/bus_preset";
        for (Route route : path.subList(first, path.size())) {
            way.append(route.port() == Edge.Port.KEY ? " → (key) " : " → ");
            way.append(strips.get(route.to()).id());
            if (!route.pointer().startsWith("/bus_preset")) {
                pointer = route.pointer();
            }
        }
        problems.add(new Problem(Code.CYCLE, pointer, way.toString()));
    }
}
