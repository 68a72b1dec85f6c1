package io.mixgraph.model;

import io.mixgraph.fx.Effect;
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

        @Parameter(doc = "The effects, in order.") @Nullable List<Effect> fx,

        @Parameter(doc = "A preset's effects, in place of fx.") @Nullable
        String fxPreset,

        @Parameter(doc = "A chain of fx_chains, in place of fx.") @Nullable
        String fxChainId,

        @Parameter(doc = "The fader.", min = -144, max = 60, absent = "0")
        double gainDb,

        @Parameter(
                doc = "Left to right. Mono sources: equal power, -3 dB at the centre; stereo: balance.",
                min = -1,
                max = 1,
                absent = "0")
        double pan,

        @Parameter(doc = "Whether it is silent.", absent = "false")
        boolean mute,

        @Parameter(doc = "Whether tracks that are not soloed are silent.", absent = "false")
        boolean solo,

        @Parameter(doc = "Copies of the signal to other buses.")
        List<Send> sends,

        @Parameter(doc = "Curves that replace gain_db and pan.")
        Automation automation) {

    public Track {
        id = Normal.text(id);
        clips = Normal.copy(clips);
        fx = Normal.copyOrNull(fx);
        sends = Normal.copy(sends);
        automation = automation == null ? Automation.NONE : automation;
    }

    /** A track that plays one whole file from the start. */
    public static Track of(String id, String source) {
        return of(id, List.of(Clip.of(source)));
    }

    /** A track of these clips, at unity in the centre. */
    public static Track of(String id, List<Clip> clips) {
        return new Track(
                id, null, null, null, clips, null, null, null, null, 0, 0, false, false, List.of(), Automation.NONE);
    }

    public Track withRole(String newRole) {
        return new Track(
                id,
                name,
                newRole,
                bus,
                clips,
                downmix,
                fx,
                fxPreset,
                fxChainId,
                gainDb,
                pan,
                mute,
                solo,
                sends,
                automation);
    }

    public Track withBus(String newBus) {
        return new Track(
                id,
                name,
                role,
                newBus,
                clips,
                downmix,
                fx,
                fxPreset,
                fxChainId,
                gainDb,
                pan,
                mute,
                solo,
                sends,
                automation);
    }

    public Track withFx(List<Effect> newFx) {
        return new Track(
                id, name, role, bus, clips, downmix, newFx, null, null, gainDb, pan, mute, solo, sends, automation);
    }

    public Track withGainDb(double newGainDb) {
        return new Track(
                id,
                name,
                role,
                bus,
                clips,
                downmix,
                fx,
                fxPreset,
                fxChainId,
                newGainDb,
                pan,
                mute,
                solo,
                sends,
                automation);
    }

    public Track withPan(double newPan) {
        return new Track(
                id,
                name,
                role,
                bus,
                clips,
                downmix,
                fx,
                fxPreset,
                fxChainId,
                gainDb,
                newPan,
                mute,
                solo,
                sends,
                automation);
    }

    public Track withMute(boolean newMute) {
        return new Track(
                id,
                name,
                role,
                bus,
                clips,
                downmix,
                fx,
                fxPreset,
                fxChainId,
                gainDb,
                pan,
                newMute,
                solo,
                sends,
                automation);
    }

    public Track withSolo(boolean newSolo) {
        return new Track(
                id,
                name,
                role,
                bus,
                clips,
                downmix,
                fx,
                fxPreset,
                fxChainId,
                gainDb,
                pan,
                mute,
                newSolo,
                sends,
                automation);
    }

    public Track withSends(List<Send> newSends) {
        return new Track(
                id,
                name,
                role,
                bus,
                clips,
                downmix,
                fx,
                fxPreset,
                fxChainId,
                gainDb,
                pan,
                mute,
                solo,
                newSends,
                automation);
    }

    public Track withAutomation(Automation newAutomation) {
        return new Track(
                id,
                name,
                role,
                bus,
                clips,
                downmix,
                fx,
                fxPreset,
                fxChainId,
                gainDb,
                pan,
                mute,
                solo,
                sends,
                newAutomation);
    }
}
