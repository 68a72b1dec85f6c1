package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole mix as written. Immutable; times are seconds on the session's timeline. */
public record Session(
        @Parameter(doc = "The version of this format: 1.", min = 1, max = 1, absent = "1")
        int mixgraph,

        @Parameter(doc = "What to call the mix.", absent = "Untitled")
        String name,

        @Parameter(
                doc = "Frames per second; the highest rate among the sources when absent.",
                min = Session.MIN_SAMPLE_RATE,
                max = Session.MAX_SAMPLE_RATE)
        @Nullable
        Integer sampleRate,

        @Parameter(doc = "The buses to start from: a bus preset, or none.", absent = "default")
        String busPreset,

        @Parameter(doc = "The tracks, in the order in which they are summed.", required = true)
        List<Track> tracks,

        @Parameter(doc = "Chains of effects to be named by fx_chain_id.")
        Map<String, List<Insert>> fxChains,

        @Parameter(doc = "Buses that override the preset's by id, or add to them.")
        List<BusConfig> buses,

        @Parameter(doc = "The last bus.") Master master,
        @Parameter(doc = "What to write.") Output output,

        @Parameter(
                doc = "Level of each side of a mono source in the centre, where its strip says nothing else.",
                oneOf = {-6, -4.5, -3, 0},
                absent = "-3")
        double panLawDb) {

    public static final int MIN_SAMPLE_RATE = 8_000;
    public static final int MAX_SAMPLE_RATE = 192_000;

    public Session {
        name = Normal.text(name);
        busPreset = Normal.text(busPreset);
        tracks = Normal.copy(tracks);
        Map<String, List<Insert>> chains = new LinkedHashMap<>();
        if (fxChains != null) {
            fxChains.forEach((id, chain) -> chains.put(id, Normal.copy(chain)));
        }
        fxChains = Collections.unmodifiableMap(chains);
        buses = Normal.copy(buses);
        master = master == null ? Master.EMPTY : master;
        output = output == null ? Output.DEFAULT : output;
    }

    /** A session of these tracks with the default buses, master and output. */
    public static Session of(String name, List<Track> tracks) {
        return new Session(1, name, null, "default", tracks, Map.of(), List.of(), Master.EMPTY, Output.DEFAULT, -3);
    }

    public Session withSampleRate(int rate) {
        return new Session(mixgraph, name, rate, busPreset, tracks, fxChains, buses, master, output, panLawDb);
    }

    public Session withBusPreset(String preset) {
        return new Session(mixgraph, name, sampleRate, preset, tracks, fxChains, buses, master, output, panLawDb);
    }

    public Session withBuses(List<BusConfig> newBuses) {
        return new Session(mixgraph, name, sampleRate, busPreset, tracks, fxChains, newBuses, master, output, panLawDb);
    }

    public Session withMaster(Master newMaster) {
        return new Session(mixgraph, name, sampleRate, busPreset, tracks, fxChains, buses, newMaster, output, panLawDb);
    }

    public Session withOutput(Output newOutput) {
        return new Session(mixgraph, name, sampleRate, busPreset, tracks, fxChains, buses, master, newOutput, panLawDb);
    }

    public Session withPanLawDb(double newPanLawDb) {
        return new Session(mixgraph, name, sampleRate, busPreset, tracks, fxChains, buses, master, output, newPanLawDb);
    }

    public Session withFxChains(Map<String, List<Insert>> chains) {
        return new Session(mixgraph, name, sampleRate, busPreset, tracks, chains, buses, master, output, panLawDb);
    }
}
