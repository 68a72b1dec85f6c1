package io.mixgraph.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Statements, each of which was tried: what a command that proves things collects and shows. */
final class Proofs {
    private final List<Proof> proofs = new ArrayList<>();

    /** How a statement came out. */
    enum Outcome {
        /** It is so. */
        HOLDS,
        /** It is not. */
        FAILS,
        /** It could not be tried here. */
        NOT_TRIED
    }

    /**
     * One statement.
     *
     * @param what it is about
     * @param outcome whether it is so
     * @param detail the figures, or why not
     */
    record Proof(String what, Outcome outcome, String detail) {}

    void add(String what, boolean holds, String detail) {
        proofs.add(new Proof(what, holds ? Outcome.HOLDS : Outcome.FAILS, detail));
    }

    void notTried(String what, String why) {
        proofs.add(new Proof(what, Outcome.NOT_TRIED, why));
    }

    List<Proof> all() {
        return List.copyOf(proofs);
    }

    int failed() {
        return (int)
                proofs.stream().filter(proof -> proof.outcome == Outcome.FAILS).count();
    }

    /** One line for each. */
    void print(PrintWriter out) {
        for (Proof proof : proofs) {
            String mark = switch (proof.outcome) {
                case HOLDS -> "ok     ";
                case FAILS -> "FAILED ";
                case NOT_TRIED -> "-      ";
            };
            out.println("  " + mark + proof.what + ": " + proof.detail);
        }
    }

    /** @throws Failure when any does not hold */
    void require() throws Failure {
        if (failed() > 0) {
            throw Failure.unproven(failed() + " of " + proofs.size() + " proofs failed");
        }
    }
}
