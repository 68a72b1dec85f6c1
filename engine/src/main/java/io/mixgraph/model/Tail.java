package io.mixgraph.model;

/**
 * How long a render goes on after the end of the last clip: written {@code auto}, {@code none}, or a number of seconds.
 *
 * @param mode which of the three
 * @param seconds the length when the mode is {@link Mode#SECONDS}, else 0
 */
public record Tail(Mode mode, double seconds) {
    /** Until every path has decayed below −120 dBFS, by the declared tails. */
    public static final Tail AUTO = new Tail(Mode.AUTO, 0);
    /** Not at all. */
    public static final Tail NONE = new Tail(Mode.NONE, 0);
    /** The longest that may be asked for, in seconds. */
    public static final double MAX_SECONDS = 3600;

    /** The three ways of saying it. */
    public enum Mode {
        AUTO,
        NONE,
        SECONDS
    }

    /** So many seconds, 0 to {@link #MAX_SECONDS}. */
    public static Tail seconds(double seconds) {
        return new Tail(Mode.SECONDS, seconds);
    }
}
