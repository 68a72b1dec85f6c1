package io.mixgraph.routing;

import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.Output;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks up the buses that deliverables name: only what feeds the master is a stem that can be summed. */
final class DeliverableBuses {
    private final List<Strip> buses;
    private final List<Problem> problems;

    DeliverableBuses(Console console, List<Problem> problems) {
        this.buses = console.strips().stream()
                .filter(strip -> strip.kind() == Node.Kind.BUS)
                .toList();
        this.problems = problems;
    }

    /** Adds a problem for each name that is no stem. */
    void check(Output output) {
        for (int i = 0; i < output.deliverables().size(); i++) {
            Deliverable deliverable = output.deliverables().get(i);
            if (deliverable != null) {
                String pointer = "/output/deliverables/" + i;
                check(deliverable.sum(), pointer + "/sum");
                check(deliverable.except(), pointer + "/except");
                if (deliverable.stems() != null) {
                    deliverable
                            .stems()
                            .forEach((name, ids) -> check(
                                    ids,
                                    pointer + "/stems/"
                                            + name.replace("~", "~0").replace("/", "~1")));
                }
            }
        }
    }

    private void check(@Nullable List<String> ids, String pointer) {
        for (int i = 0; ids != null && i < ids.size(); i++) {
            String id = ids.get(i);
            if (id != null) {
                check(id, pointer + "/" + i);
            }
        }
    }

    private void check(String id, String pointer) {
        Optional<Strip> named =
                buses.stream().filter(strip -> strip.id().equals(id)).findFirst();
        if (named.isEmpty() && !id.equals(Deliverable.RESIDUAL)) {
            List<String> known = buses.stream()
                    .filter(strip -> strip.output().equals(BusConfig.MASTER))
                    .map(Strip::id)
                    .toList();
            problems.add(new Problem(
                    Code.UNKNOWN_BUS, pointer, "there is no bus '" + id + "'; stems are " + String.join(", ", known)));
        } else if (named.isPresent() && !named.get().output().equals(BusConfig.MASTER)) {
            problems.add(new Problem(
                    Code.UNKNOWN_BUS,
                    pointer,
                    id + " feeds " + named.get().output() + " and not the master, so the sum is made of "
                            + named.get().output()));
        }
    }
}
