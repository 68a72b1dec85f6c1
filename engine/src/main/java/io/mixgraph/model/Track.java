package io.mixgraph.model;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Inline;
import io.mixgraph.fx.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clips on the timeline, and the channel strip they go through: effects, then fader, then pan, into one bus. */
public record Track(
        @Parameter(doc = "Its unique id.", required = true) String id,

        @Parameter(doc = "What to call it; its id when absent.") @Nullable
        String name,

        @Parameter(doc = "What it is (kick, lead_vocal, …): chooses the bus that lists it in track_roles.") @Nullable
        String role,

        @Parameter(doc = "The bus it goes to, whatever its role.") @Nullable
        String bus,

        @Parameter(
                doc = "What it plays. `source: FILE` in its place is one clip of the whole file at 0.",
                required = true)
        List<Clip> clips,

        @Parameter(doc = "How to make a source of more than two channels stereo.") @Nullable
        Downmix downmix,

        @Inline Channel channel) {

    public Track {
        id = Normal.text(id);
        clips = Normal.copy(clips);
        channel = channel == null ? Channel.EMPTY : channel;
    }

    /** A track that plays one whole file from the start. */
    public static Track of(String id, String source) {
        return of(id, List.of(Clip.of(source)));
    }

    /** A track of these clips, at unity in the centre. */
    public static Track of(String id, List<Clip> clips) {
        return new Track(id, null, null, null, clips, null, Channel.EMPTY);
    }

    public Track withRole(String newRole) {
        return new Track(id, name, newRole, bus, clips, downmix, channel);
    }

    public Track withBus(String newBus) {
        return new Track(id, name, role, newBus, clips, downmix, channel);
    }

    public Track withDownmix(Downmix newDownmix) {
        return new Track(id, name, role, bus, clips, newDownmix, channel);
    }

    public Track withChannel(Channel newChannel) {
        return new Track(id, name, role, bus, clips, downmix, newChannel);
    }

    public Track withFx(List<? extends Effect> effects) {
        return withChannel(channel.withInserts(Inserts.of(effects)));
    }

    public Track withInserts(List<Insert> inserts) {
        return withChannel(channel.withInserts(new Inserts(inserts, null, null)));
    }

    public Track withGainDb(double gainDb) {
        return withChannel(channel.withGainDb(gainDb));
    }

    public Track withPan(double pan) {
        return withChannel(channel.withPan(pan));
    }

    public Track withMute(boolean mute) {
        return withChannel(channel.withMute(mute));
    }

    public Track withSolo(boolean solo) {
        return withChannel(channel.withSolo(solo));
    }

    public Track withSends(List<Send> sends) {
        return withChannel(channel.withSends(sends));
    }

    public Track withAutomation(Automation automation) {
        return withChannel(channel.withAutomation(automation));
    }
}
