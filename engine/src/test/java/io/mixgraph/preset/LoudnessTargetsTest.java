package io.mixgraph.preset;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.preset.LoudnessTargets.LoudnessTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoudnessTargetsTest {
    /** As the publishers' documents give them. */
    @ParameterizedTest
    @CsvSource({
        "spotify, -14, -1",
        "apple_music, -16, -1",
        "youtube, -14, -1",
        "tidal, -14, -1",
        "amazon, -14, -2",
        "ebu_r128, -23, -1",
        "ebu_r128_s1, -23, -1",
        "atsc_a85, -24, -2",
        "podcast_stereo, -16, -1",
        "podcast_mono, -19, -1",
        "netflix, -27, -2",
        "club, -9, -1"
    })
    void theFiguresAreThePublishers(String name, double lufs, double truePeakDb) {
        LoudnessTarget target = LoudnessTargets.byName(name).orElseThrow();
        assertThat(target.targetLufs()).isEqualTo(lufs);
        assertThat(target.truePeakDb()).isEqualTo(truePeakDb);
        assertThat(target.id()).isEqualTo(name + "@1");
        assertThat(LoudnessTargets.byName(name + "@1")).contains(target);
        assertThat(LoudnessTargets.byName(name + "@99")).isEmpty();
    }

    @Test
    void everyFigureSaysWhereItIsFrom() {
        for (LoudnessTarget target : LoudnessTargets.all()) {
            assertThat(target.publisher()).as(target.id()).isNotBlank();
            assertThat(target.source()).as(target.id()).isNotBlank();
            assertThat(target.asOf()).as(target.id()).matches("20\\d\\d-[01]\\d");
            assertThat(target.doc()).as(target.id()).endsWith(".").doesNotContain("\n");
        }
        assertThat(LoudnessTargets.all()).extracting(LoudnessTarget::id).doesNotHaveDuplicates();
    }

    @Test
    void shortFormIsBoundInShortTermLoudness() {
        assertThat(LoudnessTargets.all().stream()
                        .filter(target -> target.maxShortTermLufs() != null)
                        .toList())
                .singleElement()
                .satisfies(target -> {
                    assertThat(target.name()).isEqualTo("ebu_r128_s1");
                    assertThat(target.maxShortTermLufs()).isEqualTo(-18.0);
                });
    }

    @Test
    void noneIsNoTarget() {
        LoudnessTarget none = LoudnessTargets.byName("none").orElseThrow();
        assertThat(none.targetLufs()).isNull();
        assertThat(none.truePeakDb()).isNull();
    }
}
