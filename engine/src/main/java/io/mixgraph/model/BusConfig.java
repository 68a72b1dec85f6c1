package io.mixgraph.model;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bus as written: what is null is taken from the preset's bus of the same id, or has the default. Tracks and buses
 * are summed, then go through effects, fader and balance into one bus or the master.
 */
public record BusConfig(
        @Parameter(doc = "Its unique id; a preset bus of the same id is overridden field by field.", required = true)
        String id,

        @Parameter(doc = "What to call it; its id when absent.") @Nullable
        String name,

        @Parameter(doc = "The roles of the tracks it takes.") @Nullable
        List<String> trackRoles,

        @Parameter(doc = "The effects, in order.") @Nullable List<Effect> fx,

        @Parameter(doc = "A preset's effects, in place of fx.") @Nullable
        String fxPreset,

        @Parameter(doc = "A chain of fx_chains, in place of fx.") @Nullable
        String fxChainId,

        @Parameter(doc = "The fader; 0 when absent.", min = -144, max = 60) @Nullable
        Double gainDb,

        @Parameter(doc = "Balance: near side at unity, far side falling; 0 when absent.", min = -1, max = 1) @Nullable
        Double pan,

        @Parameter(doc = "Whether it is silent; false when absent.") @Nullable
        Boolean mute,

        @Parameter(doc = "Whether only it and what feeds it are heard; false when absent.") @Nullable
        Boolean solo,

        @Parameter(doc = "The bus it goes to; master when absent.") @Nullable
        String output,

        @Parameter(doc = "Copies of the signal to other buses.") @Nullable
        List<Send> sends,

        @Parameter(doc = "Curves that replace gain_db and pan.") @Nullable
        Automation automation) {

    /** The id that means the master, and that no bus may have. */
    public static final String MASTER = "master";

    public BusConfig {
        id = Normal.text(id);
        trackRoles = Normal.copyOrNull(trackRoles);
        fx = Normal.copyOrNull(fx);
        sends = Normal.copyOrNull(sends);
    }

    /** A bus with an id and nothing else. */
    public static BusConfig of(String id) {
        return new BusConfig(id, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    public BusConfig withTrackRoles(List<String> roles) {
        return new BusConfig(
                id, name, roles, fx, fxPreset, fxChainId, gainDb, pan, mute, solo, output, sends, automation);
    }

    public BusConfig withFx(List<Effect> newFx) {
        return new BusConfig(
                id, name, trackRoles, newFx, null, null, gainDb, pan, mute, solo, output, sends, automation);
    }

    public BusConfig withFxPreset(String preset) {
        return new BusConfig(
                id, name, trackRoles, null, preset, null, gainDb, pan, mute, solo, output, sends, automation);
    }

    public BusConfig withGainDb(double newGainDb) {
        return new BusConfig(
                id, name, trackRoles, fx, fxPreset, fxChainId, newGainDb, pan, mute, solo, output, sends, automation);
    }

    public BusConfig withOutput(String newOutput) {
        return new BusConfig(
                id, name, trackRoles, fx, fxPreset, fxChainId, gainDb, pan, mute, solo, newOutput, sends, automation);
    }

    /**
     * This bus laid over a preset's bus of the same id: each field that is written here wins; any of {@code fx},
     * {@code fxPreset}, {@code fxChainId} replaces all three.
     */
    public BusConfig over(BusConfig preset) {
        boolean ownFx = fx != null || fxPreset != null || fxChainId != null;
        return new BusConfig(
                id,
                name != null ? name : preset.name,
                trackRoles != null ? trackRoles : preset.trackRoles,
                ownFx ? fx : preset.fx,
                ownFx ? fxPreset : preset.fxPreset,
                ownFx ? fxChainId : preset.fxChainId,
                gainDb != null ? gainDb : preset.gainDb,
                pan != null ? pan : preset.pan,
                mute != null ? mute : preset.mute,
                solo != null ? solo : preset.solo,
                output != null ? output : preset.output,
                sends != null ? sends : preset.sends,
                automation != null ? automation : preset.automation);
    }
}
