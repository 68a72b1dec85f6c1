package io.mixgraph.dsp;

import java.util.Arrays;

/**
 * Cyclic arrays that hold exactly a delay: what is about to be overwritten is what is due. Lengths of a run are at most
 * the array's.
 */
final class Ring {
    private Ring() {}

    /** Copies the {@code frames} values from {@code position} on to {@code to}. */
    static void read(double[] ring, int position, double[] to, int frames) {
        int first = Math.min(frames, ring.length - position);
        System.arraycopy(ring, position, to, 0, first);
        if (first < frames) {
            System.arraycopy(ring, 0, to, first, frames - first);
        }
    }

    /** Overwrites the {@code frames} values from {@code position} on, and says where the next ones go. */
    static int write(double[] ring, int position, double[] from, int frames) {
        int first = Math.min(frames, ring.length - position);
        System.arraycopy(from, 0, ring, position, first);
        if (first < frames) {
            System.arraycopy(from, first, ring, 0, frames - first);
        }
        int next = position + frames;
        return next < ring.length ? next : next - ring.length;
    }

    /** Whether the {@code frames} values before {@code position} are all of a magnitude below {@code level}. */
    static boolean isBelow(double[] ring, int position, int frames, double level) {
        for (int i = 1; i <= frames; i++) {
            int at = position - i;
            if (!(Math.abs(ring[at < 0 ? at + ring.length : at]) < level)) {
                return false;
            }
        }
        return true;
    }

    /** Clears the {@code frames} values before {@code position}. */
    static void clear(double[] ring, int position, int frames) {
        int first = Math.min(frames, position);
        Arrays.fill(ring, position - first, position, 0.0);
        Arrays.fill(ring, ring.length - (frames - first), ring.length, 0.0);
    }
}
