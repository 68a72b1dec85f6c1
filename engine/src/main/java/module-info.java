/**
 * A headless, deterministic mix engine: {@link io.mixgraph.MixEngine} renders an {@link io.mixgraph.model.Session}.
 *
 * <p>Needs nothing but {@code java.base} to run. What runs once per sample, the package {@code dsp}, stays inside: it
 * may change with every {@code dsp_revision}.
 */
module io.mixgraph.engine {
    // Annotations for tools: neither to compile against the engine nor to run it are they needed.
    requires static org.jspecify;

    // Effects from other jars.
    uses io.mixgraph.fx.EffectProvider;

    exports io.mixgraph;
    exports io.mixgraph.audio;
    exports io.mixgraph.fx;
    exports io.mixgraph.loudness;
    exports io.mixgraph.model;
    exports io.mixgraph.preset;
    exports io.mixgraph.render;
    exports io.mixgraph.routing;
    exports io.mixgraph.wav;
}
