package io.mixgraph.routing;

import io.mixgraph.fx.Effect;
import io.mixgraph.model.Automation;
import io.mixgraph.model.Send;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A track or a bus with everything decided: presets merged, effects found, its output known.
 *
 * @param kind track or bus
 * @param id its id
 * @param name what to call it
 * @param pointer where the document writes it; null for a bus that only its preset has
 * @param effects run in order
 * @param fxPointer where the document writes the effects, for problems with them
 * @param fxPreset the versioned name of the FX preset that {@code effects} come from, null for none
 * @param output the id of the bus it goes to, or {@code master}
 * @param outputPointer where the document writes that
 */
record Strip(
        Node.Kind kind,
        String id,
        String name,
        @Nullable String pointer,
        List<Effect> effects,
        String fxPointer,
        @Nullable String fxPreset,
        double gainDb,
        double pan,
        boolean mute,
        boolean solo,
        List<Send> sends,
        Automation automation,
        String output,
        String outputPointer) {

    /** Where problems with this strip are shown. */
    String place() {
        return pointer == null ? "/bus_preset" : pointer;
    }
}
