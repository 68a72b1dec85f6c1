package io.mixgraph.model;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Inline;
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

        @Parameter(doc = "The bus it goes to; master when absent.") @Nullable
        String output,

        @Inline Channel channel) {

    /** The id that means the master, and that no bus may have. */
    public static final String MASTER = "master";

    public BusConfig {
        id = Normal.text(id);
        trackRoles = Normal.copyOrNull(trackRoles);
        channel = channel == null ? Channel.EMPTY : channel;
    }

    /** A bus with an id and nothing else. */
    public static BusConfig of(String id) {
        return new BusConfig(id, null, null, null, Channel.EMPTY);
    }

    public BusConfig withName(String newName) {
        return new BusConfig(id, newName, trackRoles, output, channel);
    }

    public BusConfig withTrackRoles(List<String> roles) {
        return new BusConfig(id, name, roles, output, channel);
    }

    public BusConfig withOutput(String newOutput) {
        return new BusConfig(id, name, trackRoles, newOutput, channel);
    }

    public BusConfig withChannel(Channel newChannel) {
        return new BusConfig(id, name, trackRoles, output, newChannel);
    }

    public BusConfig withFx(List<? extends Effect> effects) {
        return withChannel(channel.withInserts(Inserts.of(effects)));
    }

    public BusConfig withInserts(List<Insert> inserts) {
        return withChannel(channel.withInserts(new Inserts(inserts, null, null)));
    }

    public BusConfig withFxPreset(String preset) {
        return withChannel(channel.withInserts(Inserts.preset(preset)));
    }

    public BusConfig withGainDb(double gainDb) {
        return withChannel(channel.withGainDb(gainDb));
    }

    public BusConfig withSends(List<Send> sends) {
        return withChannel(channel.withSends(sends));
    }

    /**
     * This bus laid over a preset's bus of the same id: each field that is written here wins; any of {@code fx},
     * {@code fx_preset}, {@code fx_chain_id} replaces all three.
     */
    public BusConfig over(BusConfig preset) {
        return new BusConfig(
                id,
                name != null ? name : preset.name,
                trackRoles != null ? trackRoles : preset.trackRoles,
                output != null ? output : preset.output,
                channel.over(preset.channel));
    }
}
