package io.mixgraph.fx;

import java.util.List;

/**
 * Brings effects from another jar. The class is named in {@code META-INF/services/io.mixgraph.fx.EffectProvider}, or
 * provided by a module, and found through {@link java.util.ServiceLoader} when the catalogue is first asked. Its
 * effects then have documents, validation, schema, help and the manual like those of the engine.
 */
public interface EffectProvider {
    /** The effects, under names that nobody else uses; give them a prefix of your own: {@code acme_exciter}. */
    List<EffectType> types();
}
