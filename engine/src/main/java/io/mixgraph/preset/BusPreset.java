package io.mixgraph.preset;

import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Master;
import java.util.List;

/**
 * Buses and a master by name.
 *
 * @param buses in order; their roles are normalised, and no role is in two of them; the one that has {@link Roles#ANY}
 *     takes every track that nothing else claims
 * @param master what the master has when the document says nothing; no loudness target
 */
public record BusPreset(String name, int version, String doc, List<BusConfig> buses, Master master) implements Preset {
    public BusPreset {
        buses = List.copyOf(buses);
    }
}
