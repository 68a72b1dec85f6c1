package io.mixgraph.fx;

import io.mixgraph.audio.AudioFormat;

/** STUB. */
public record Limiter(@Parameter(doc = "x", absent = "-1") double truePeakDb) implements Effect {
    public static Limiter at(double db) {
        return new Limiter(db);
    }

    @Override
    public Nature nature() {
        return Nature.CONTROLLED;
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        throw new UnsupportedOperationException();
    }
}
