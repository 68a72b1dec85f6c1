package io.mixgraph.preset;

import io.mixgraph.fx.Effect;
import java.util.List;

public record FxPreset(String name, int version, String doc, List<Effect> effects) {}
