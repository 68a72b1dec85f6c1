package io.mixgraph.preset;

import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.Master;
import io.mixgraph.model.Roles;
import java.util.List;
import java.util.Optional;

/** Bus layouts: which buses there are, the roles they take, and the effects they have. */
public final class BusPresets {
    /** The layout of a document that names none. */
    public static final String DEFAULT = "default";

    private static final String DRUMS = """
            drums drum drum_kit drumkit kit percussion perc kick kick_drum kick_in kick_out bass_drum snare snare_top
            snare_bottom snare_drum rim rimshot tom toms rack_tom floor_tom hi_hat hi_hats hihat hihats hat hats cymbal
            cymbals ride crash overhead overheads drum_overheads drum_room clap claps snap snaps shaker tambourine conga
            congas bongo bongos cowbell cajon djembe tabla timpani woodblock triangle drum_machine drum_loop beat beats""";

    private static final String BASS = """
            bass basses bass_guitar electric_bass acoustic_bass upright_bass double_bass contrabass fretless_bass bass_di
            bass_amp synth_bass bass_synth sub sub_bass subbass 808""";

    private static final String SPEECH = """
            dialogue dialog speech voice voices voice_over voiceover narration narrator spoken_word adr commentary host
            guest interview presenter podcast""";

    private static final String SINGING = """
            vocals vocal vox lead_vocal lead_vocals lead_vox backing_vocal backing_vocals backing_vox background_vocal
            background_vocals bgv bgvs harmony harmonies harmony_vocal harmony_vocals vocal_double vocal_doubles
            female_vocal female_vocals male_vocal male_vocals choir chorus_vocals gang_vocals adlib adlibs ad_lib ad_libs
            rap singer""";

    private static final String EFFECTS = """
            fx sfx effect effects sound_effect sound_effects hard_effects sound_design foley ambience ambiance ambient
            ambiences atmos atmosphere background backgrounds room_tone crowd riser risers impact impacts sweep sweeps
            transition transitions noise reverb delay echo return returns""";

    private static final String INSTRUMENTS = """
            music instrument instruments instrumental backing_track score guitar guitars electric_guitar electric_guitars
            acoustic_guitar acoustic_guitars lead_guitar rhythm_guitar keys keyboard keyboards piano electric_piano rhodes
            wurlitzer organ clavinet synth synths synthesizer lead_synth synth_lead synth_pad pad pads pluck plucks arp
            arps sequence strings string_section violin violins viola violas cello cellos orchestra brass horns horn
            trumpet trumpets trombone trombones tuba french_horn sax saxophone saxophones woodwind woodwinds flute flutes
            clarinet oboe bassoon recorder harp banjo mandolin ukulele bouzouki sitar accordion harmonica melodica
            marimba vibraphone xylophone glockenspiel bells steel_drum sample samples loop loops turntables""";

    private static final List<BusPreset> ALL = List.of(
            new BusPreset(
                    DEFAULT,
                    1,
                    "Songs: drums, bass, vocals, effects, and everything else.",
                    List.of(
                            bus("drums", "Drums", "drum_glue@1", DRUMS),
                            bus("bass", "Bass", "bass_tight@1", BASS),
                            bus("vocals", "Vocals", "vocal_clarity@1", SINGING, SPEECH),
                            bus("fx", "FX", "fx_space@1", EFFECTS),
                            bus("other", "Other", "other_gentle@1", INSTRUMENTS, "other", Roles.ANY)),
                    gentleMaster()),
            new BusPreset(
                    "stems4",
                    1,
                    "The four stems of source separation and of DJ software: drums, bass, other, vocals.",
                    List.of(
                            bus("drums", "Drums", "drum_glue@1", DRUMS),
                            bus("bass", "Bass", "bass_tight@1", BASS),
                            bus("other", "Other", "other_gentle@1", INSTRUMENTS, EFFECTS, "other", Roles.ANY),
                            bus("vocals", "Vocals", "vocal_clarity@1", SINGING, SPEECH)),
                    gentleMaster()),
            new BusPreset(
                    "dme",
                    1,
                    "Film and broadcast: dialogue, music with all that is sung or played, and effects with everything else.",
                    List.of(
                            bus("dialogue", "Dialogue", "dialogue_clarity@1", SPEECH),
                            bus("music", "Music", "music_bed@1", INSTRUMENTS, DRUMS, BASS, SINGING),
                            bus("effects", "Effects", "sfx_solid@1", EFFECTS, "other", Roles.ANY)),
                    gentleMaster()),
            new BusPreset(
                    "none", 1, "No bus and nothing on the master: the document says it all.", List.of(), Master.EMPTY));

    private BusPresets() {}

    /** All of them, in the order in which the manual lists them. */
    public static List<BusPreset> all() {
        return ALL;
    }

    /** The preset of this name ({@code stems4}: the newest) or id ({@code stems4@1}). */
    public static Optional<BusPreset> byName(String name) {
        return Preset.find(ALL, name);
    }

    /** Their names. */
    public static List<String> names() {
        return ALL.stream().map(BusPreset::name).distinct().toList();
    }

    private static BusConfig bus(String id, String name, String fxPreset, String... roles) {
        List<String> words = List.of(String.join(" ", roles).split("\\s+"));
        return BusConfig.of(id).withName(name).withTrackRoles(words).withFxPreset(fxPreset);
    }

    private static Master gentleMaster() {
        return Master.EMPTY.withInserts(Inserts.preset("master_gentle@1"));
    }
}
