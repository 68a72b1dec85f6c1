package io.mixgraph.preset;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.Numbers;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /**
     * What a version says never changes: recorded as it was when it came. The fields that say what they say anyway are
     * left out, so that an effect can get new ones.
     */
    @ParameterizedTest
    @CsvSource({
        "drum_glue@1, c863e102b9ffdf54",
        "bass_tight@1, 3a8ec53b79fcd083",
        "vocal_clarity@1, 134f2752b9cb7433",
        "backing_blend@1, 004f29b09bf477f3",
        "fx_space@1, 221538ced88f1f1a",
        "other_gentle@1, b292bc796a541737",
        "guitar_body@1, c1cac34f71dd1beb",
        "keys_open@1, 0832b2b6aff43345",
        "dialogue_clarity@1, 0a25da7dceb51952",
        "podcast_voice@1, 6aad13d27d090731",
        "music_bed@1, 1099f5455c474b4a",
        "sfx_solid@1, 619d900aa98fba3d",
        "rumble_cut@1, de3f4466949fffe4",
        "hum_50@1, 2d6c086aec32c98a",
        "hum_60@1, ce30483b15e62e9f",
        "master_gentle@1, 4d255107489ac9a4"
    })
    void aVersionStaysWhatItIs(String id, String sha256) throws Exception {
        String text = canonical(FxPresets.byName(id).orElseThrow().inserts());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest, 0, 8)).as(text).isEqualTo(sha256);
    }

    private static String canonical(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(PresetsTest::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Record record) {
            RecordShape<?> shape = record instanceof Insert insert
                    ? Insert.shape(insert.effect().getClass())
                    : RecordShape.of(record.getClass());
            String type = record instanceof Insert insert
                    ? EffectCatalogue.of(insert.effect()).name()
                    : "";
            return shape.fields().stream()
                    .filter(field -> !Objects.equals(field.get(record), field.absentValue()))
                    .map(field -> field.name() + "=" + canonical(field.get(record)))
                    .collect(Collectors.joining(",", type + "{", "}"));
        }
        return value instanceof Double number ? Numbers.text(number) : String.valueOf(value);
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
