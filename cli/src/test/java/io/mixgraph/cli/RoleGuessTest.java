package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.preset.BusPresets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleGuessTest {
    /** File names as recordists write them, the role, and the bus of the default layout that takes it. */
    @ParameterizedTest
    @CsvSource({
        "kick.wav, kick, drums",
        "01_KickIn.wav, kick, drums",
        "BD.wav, kick, drums",
        "Bass Drum.wav, kick, drums",
        "03_SnareTop.wav, snare, drums",
        "snare bottom.flac, snare, drums",
        "Hi-Hat.wav, hihat, drums",
        "HH.wav, hihat, drums",
        "Tom1.wav, toms, drums",
        "FloorTom.wav, toms, drums",
        "05_OverheadsL.wav, overheads, drums",
        "OH_R.wav, overheads, drums",
        "Crash.wav, cymbals, drums",
        "Drum Room.wav, drum_room, drums",
        "drums.wav, drums, drums",
        "Tambourine.wav, percussion, drums",
        "Clap 2.wav, claps, drums",
        "BassDI.wav, bass, bass",
        "bass.m4a, bass, bass",
        "SubBass.wav, bass, bass",
        "808.wav, sub, bass",
        "LeadVox.wav, lead_vocal, vocals",
        "Lead Vocal DT.wav, lead_vocal, vocals",
        "BackingVox1.wav, backing_vocals, vocals",
        "bgv_03.wav, backing_vocals, vocals",
        "vocals.mp3, vocals, vocals",
        "Narrator.wav, dialogue, vocals",
        "Acoustic Guitar.wav, guitar, other",
        "ElecGtr1.wav, guitar, other",
        "leadguitar.mp3, guitar, other",
        "HammondOrgan.wav, organ, other",
        "Grand Piano.wav, piano, other",
        "Lead Synth.wav, synth, other",
        "Strings.wav, strings, other",
        "Trumpet.wav, horns, other",
        "riser.wav, riser, fx",
        "SFX door.wav, fx, fx",
        "Lead.wav, lead_vocal, vocals"
    })
    void rolesByName(String file, String role, String bus) {
        assertThat(RoleGuess.of(file).role()).isEqualTo(role);
        assertThat(BusPresets.byName("default").orElseThrow().buses())
                .filteredOn(config ->
                        config.trackRoles() != null && config.trackRoles().contains(role))
                .singleElement()
                .returns(bus, config -> config.id());
    }

    /** Words that only contain another one, and names that say nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"zzz.wav", "01.wav", "Track 7.wav", ".wav", "", "Atomic.wav", "chatter.wav", "ohm.wav"})
    void noRole(String file) {
        assertThat(RoleGuess.of(file).role()).isNull();
        assertThat(RoleGuess.of(file).reason()).isEqualTo("its name says nothing that is known");
    }

    @Test
    void theReasonSaysTheWord() {
        assertThat(RoleGuess.of("Drum Room.wav").reason()).isEqualTo("its name says 'drum room'");
        assertThat(RoleGuess.of("guitarist.wav").reason()).isEqualTo("its name has 'guitar' in 'guitarist'");
    }
}
