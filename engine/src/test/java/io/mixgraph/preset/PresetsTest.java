package io.mixgraph.preset;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.fx.BiquadEffect;
import io.mixgraph.fx.Compressor;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Insert;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.Master;
import io.mixgraph.model.Roles;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    static Stream<FxPreset> fxPresets() {
        return FxPresets.all().stream();
    }

    static Stream<BusPreset> busPresets() {
        return BusPresets.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fxPresets")
    void effectsAreInRangeAndDriveThemselves(FxPreset preset) {
        assertThat(preset.inserts()).isNotEmpty();
        assertThat(preset.doc()).endsWith(".");
        for (Insert insert : preset.inserts()) {
            Effect effect = insert.effect();
            assertThat(insert.key()).isNull();
            for (RecordShape.Field field : EffectCatalogue.of(effect).shape().fields()) {
                if (field.get(effect) instanceof Number number) {
                    assertThat(field.allows(number.doubleValue()))
                            .as("%s in %s", field.name(), preset.id())
                            .isTrue();
                }
            }
        }
    }

    /** Modest: no band of the whole chain rises by more than 3 dB, ratios stay low, and nothing makes up. */
    @ParameterizedTest
    @MethodSource("fxPresets")
    void nothingGetsMuchLouder(FxPreset preset) {
        for (double hz = 20; hz < 20_000; hz *= 1.05) {
            double magnitude = 1;
            for (Insert insert : preset.inserts()) {
                Effect effect = insert.effect();
                if (effect instanceof BiquadEffect filter) {
                    magnitude *= filter.magnitude(hz, 48_000);
                }
            }
            assertThat(20 * Math.log10(magnitude)).isLessThan(3);
        }
        for (Insert insert : preset.inserts()) {
            Effect effect = insert.effect();
            if (effect instanceof Compressor compressor) {
                assertThat(compressor.ratio()).isLessThanOrEqualTo(3);
                assertThat(compressor.makeupDb()).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("busPresets")
    void aRoleGoesToOneBusAndEveryPresetOfItExists(BusPreset preset) {
        Set<String> ids = new HashSet<>();
        Set<String> roles = new HashSet<>();
        for (BusConfig bus : preset.buses()) {
            assertThat(bus.id()).matches("[A-Za-z0-9][A-Za-z0-9_-]*").isNotEqualTo(BusConfig.MASTER);
            assertThat(ids.add(bus.id())).isTrue();
            assertThat(FxPresets.byName(fxPreset(bus.channel().inserts()))).isPresent();
            assertThat(fxPreset(bus.channel().inserts())).contains("@");
            List<String> taken = bus.trackRoles() == null ? List.of() : bus.trackRoles();
            assertThat(taken).contains(bus.id());
            for (String role : taken) {
                assertThat(role).isEqualTo(Roles.normalise(role));
                assertThat(roles.add(role)).as(role).isTrue();
            }
        }
        assertThat(roles.contains(Roles.ANY)).isEqualTo(!preset.buses().isEmpty());
        // What is said of ceilings and limiting is judged by the document alone.
        assertThat(preset.master().loudness()).isNull();
        assertThat(preset.master().limiter()).isNull();
        if (preset.name().equals("none")) {
            assertThat(preset.buses()).isEmpty();
            assertThat(preset.master()).isEqualTo(Master.EMPTY);
        } else {
            assertThat(FxPresets.byName(fxPreset(preset.master().inserts()))).isPresent();
        }
    }

    private static String fxPreset(Inserts inserts) {
        return inserts.fxPreset() == null ? "" : inserts.fxPreset();
    }

    @ParameterizedTest
    @CsvSource({
        "default, kick, drums",
        "default, snare, drums",
        "default, percussion, drums",
        "default, sub, bass",
        "default, lead_vocal, vocals",
        "default, backing_vocals, vocals",
        "default, dialogue, vocals",
        "default, music, other",
        "default, guitar, other",
        "default, keys, other",
        "default, synth, other",
        "default, sfx, fx",
        "default, ambience, fx",
        "stems4, sfx, other",
        "dme, lead_vocal, music",
        "dme, narration, dialogue",
        "dme, foley, effects",
        "dme, kick, music"
    })
    void rolesGoWhereAnEngineerWouldPutThem(String preset, String role, String bus) {
        assertThat(BusPresets.byName(preset).orElseThrow().buses())
                .filteredOn(b -> b.trackRoles() != null && b.trackRoles().contains(role))
                .extracting(BusConfig::id)
                .containsExactly(bus);
    }

    @Test
    void busesAreTheOnesThatTheNamesPromise() {
        assertThat(ids("default")).containsExactly("drums", "bass", "vocals", "fx", "other");
        assertThat(ids("stems4")).containsExactly("drums", "bass", "other", "vocals");
        assertThat(ids("dme")).containsExactly("dialogue", "music", "effects");
    }

    @Test
    void namesMeanTheNewestAndIdsOneVersion() {
        FxPreset one = new FxPreset("a", 1, "One.", List.of());
        FxPreset two = new FxPreset("a", 2, "Two.", List.of());
        for (List<FxPreset> presets : List.of(List.of(one, two), List.of(two, one))) {
            assertThat(Preset.find(presets, "a")).contains(two);
            assertThat(Preset.find(presets, "a@1")).contains(one);
            assertThat(Preset.find(presets, "a@3")).isEmpty();
            assertThat(Preset.find(presets, "b")).isEmpty();
        }
        assertThat(FxPresets.byName("drum_glue"))
                .isEqualTo(FxPresets.byName("drum_glue@1"))
                .isPresent();
        assertThat(BusPresets.byName("default@1")).isPresent();
    }

    @Test
    void idsAreUnique() {
        assertThat(FxPresets.all()).extracting(FxPreset::id).doesNotHaveDuplicates();
        assertThat(BusPresets.all()).extracting(BusPreset::id).doesNotHaveDuplicates();
    }

    private static List<String> ids(String preset) {
        return BusPresets.byName(preset).orElseThrow().buses().stream()
                .map(BusConfig::id)
                .toList();
    }
}
