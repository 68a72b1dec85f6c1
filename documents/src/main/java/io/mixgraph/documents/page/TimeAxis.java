package io.mixgraph.documents.page;

import java.util.ArrayList;
import java.util.List;

/** The time that all plots over time have in common, from the first frame to the last. */
final class TimeAxis {
    private static final int MOST_TICKS = 10;
    private static final int MOST_ON_NARROW = 5;

    /** How far apart ticks may be, in milliseconds: steps that people count in. */
    private static final long[] STEPS_MS = {
        1,
        2,
        5,
        10,
        20,
        50,
        100,
        200,
        500,
        1_000,
        2_000,
        5_000,
        10_000,
        15_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        900_000,
        1_800_000,
        3_600_000,
        7_200_000,
        14_400_000,
        28_800_000,
        86_400_000
    };

    private final double durationS;

    /**
     * An axis.
     *
     * @param frames 0 or more; an empty one is drawn as if it had one frame
     */
    TimeAxis(long frames, int sampleRate) {
        durationS = Math.max(1, frames) / (double) sampleRate;
    }

    /** Where a time is, 0 at the start, 1 at the end. */
    double at(double seconds) {
        return Math.max(0, Math.min(1, seconds / durationS));
    }

    /** At most ten round times. */
    List<Plot.Tick> ticks() {
        long step = STEPS_MS[0];
        for (int i = 1; durationS * 1000 / step > MOST_TICKS; i++) {
            step = i < STEPS_MS.length ? STEPS_MS[i] : step * 2;
        }
        long count = (long) (durationS * 1000 / step) + 1;
        long stride = (count + MOST_ON_NARROW - 1) / MOST_ON_NARROW;
        List<Plot.Tick> ticks = new ArrayList<>();
        for (long time = 0; time <= durationS * 1000; time += step) {
            ticks.add(new Plot.Tick(at(time / 1000.0), Figures.clock(time), time / step % stride == 0));
        }
        return ticks;
    }
}
