package io.mixgraph.fx;

import java.util.List;
import java.util.Optional;

/** Every effect there is, by name. */
public final class EffectCatalogue {
    private static final List<EffectType> TYPES =
            List.of(
                    new EffectType("gain", 1, Gain.class, "A plain gain, with polarity."),
                    new EffectType("limiter", 1, Limiter.class, "A true-peak limiter with look-ahead."));

    private EffectCatalogue() {}

    /** All effects in the order in which the manual lists them. */
    public static List<EffectType> types() {
        return TYPES;
    }

    /** The effect that documents call {@code name}. */
    public static Optional<EffectType> byName(String name) {
        return TYPES.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /**
     * The catalogue's line of an effect.
     *
     * @throws IllegalArgumentException when its class is not in the catalogue
     */
    public static EffectType of(Effect effect) {
        return TYPES.stream()
                .filter(type -> type.record() == effect.getClass())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(effect.getClass() + " is not in the catalogue"));
    }
}
