package io.mixgraph.preset;

import java.util.Optional;

public final class BusPresets {
    private BusPresets() {}

    public static Optional<BusPreset> byName(String name) {
        return Optional.empty();
    }

    /** Their names. */
    public static java.util.List<String> names() {
        return java.util.List.of();
    }
}
