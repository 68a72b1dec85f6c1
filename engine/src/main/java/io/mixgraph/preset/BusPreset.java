package io.mixgraph.preset;

import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Master;
import java.util.List;

public record BusPreset(String name, int version, String doc, List<BusConfig> buses, Master master) {}
