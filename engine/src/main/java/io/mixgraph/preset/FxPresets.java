package io.mixgraph.preset;

import java.util.Optional;

public final class FxPresets {
    private FxPresets() {}

    public static Optional<FxPreset> byName(String name) {
        return Optional.empty();
    }

    /** Their names. */
    public static java.util.List<String> names() {
        return java.util.List.of();
    }
}
