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
        MASTERING
    }

    /**
     * Says how far it is.
     *
     * @param stage what it is doing
     * @param done frames of this stage that are done
     * @param total frames of this stage in all
     */
    default void progress(Stage stage, long done, long total) {}

    /**
     * Whether to stop; asked once per block. A stopped render throws
     * {@link java.util.concurrent.CancellationException}.
     */
    default boolean cancelled() {
        return false;
    }
}
