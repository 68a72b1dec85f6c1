package io.mixgraph.fx;

/** An effect that is {@link Nature#CONTROLLED} by a detector which may see ahead by a time of the user's choice. */
interface LookaheadEffect extends Effect {
    /** How far the detector sees ahead, in milliseconds, 0 or more; the signal is delayed by it. */
    double lookaheadMs();

    @Override
    default Nature nature() {
        return Nature.CONTROLLED;
    }

    @Override
    default int lookaheadFrames(int sampleRate) {
        return (int) StrictMath.rint(lookaheadMs() * sampleRate / 1000.0);
    }
}
