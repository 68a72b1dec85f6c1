package io.mixgraph.preset;

import java.util.List;
import java.util.Optional;

/** A named and versioned piece of data. */
public interface Preset {
    /** How documents call it: {@code drum_glue}. */
    String name();

    /** 1 or more; what a version says never changes. */
    int version();

    /** What it is for, in one sentence. */
    String doc();

    /** The name that always means this version: {@code drum_glue@1}. */
    default String id() {
        return name() + "@" + version();
    }

    /** The preset of this {@link #id}, or the newest of this {@link #name}. */
    static <P extends Preset> Optional<P> find(List<P> presets, String name) {
        return presets.stream()
                .filter(preset -> preset.name().equals(name) || preset.id().equals(name))
                .reduce((a, b) -> b.version() > a.version() ? b : a);
    }
}
