package io.mixgraph.render;

/** Watches a render and can stop it. Called from the rendering threads, one call at a time. */
public interface RenderMonitor {
    /** Watches nothing and never stops it. */
    RenderMonitor SILENT = new RenderMonitor() {};

    /** What a render is doing. */
    enum Stage {
        /** Streams the graph into stems and the master. */
        MIXING,
        /** Looks for the gain that meets the loudness target. */
        SOLVING,
        /** Applies it and writes the master. */
        MASTERING,
        /** Completes files whose last frame is written: reads them once more, encodes them, forces them to the disk. */
        FINISHING
    }

    /**
     * Says how far it is.
     *
     * @param stage what it is doing
     * @param done what of this stage is done, never less than before: frames; while solving, gains that were tried;
     *     while finishing, bytes
     * @param total how much there is to do in this stage, as {@code done} counts it; 0 while solving, when nobody knows
     */
    default void progress(Stage stage, long done, long total) {}

    /**
     * Whether to stop; asked for every block, while solving for every 100 ms of the signal, while finishing for every
     * few MB. A stopped render throws {@link java.util.concurrent.CancellationException}. A render is stopped, too,
     * when its thread is interrupted, and then does not wait for what else may take long, such as reading what a cache
     * holds.
     */
    default boolean cancelled() {
        return false;
    }
}
