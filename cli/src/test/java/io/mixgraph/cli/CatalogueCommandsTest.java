package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.preset.BusPresets;
import io.mixgraph.preset.FxPresets;
import io.mixgraph.preset.LoudnessTargets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands that only tell what there is: presets, schema, version. */
class CatalogueCommandsTest {
    @Test
    void presetsListsAll() {
        Invocation text = Invocation.of("presets");
        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).contains(names());
        JsonNode json = Invocation.of("presets", "--json").json();
        assertThat(json.propertyNames()).containsExactly("bus_presets", "fx_presets", "loudness_presets");
        assertThat(json.path("bus_presets").path(0).path("name").asString()).isEqualTo("default@1");
        assertThat(json.path("fx_presets").size()).isEqualTo(FxPresets.all().size());
    }

    @Test
    void aLoudnessPresetSaysWhereItsFiguresAreFrom() {
        JsonNode targets = Invocation.of("presets", "--json").json().path("loudness_presets");
        JsonNode shortForm = targets.path(0);
        for (JsonNode target : targets) {
            assertThat(target.path("source").asString()).isNotBlank();
            assertThat(target.path("as_of").asString()).isNotBlank();
            shortForm = target.path("name").asString().equals("ebu_r128_s1@1") ? target : shortForm;
        }
        assertThat(shortForm.path("target_lufs").asDouble()).isEqualTo(-23);
        assertThat(shortForm.path("max_short_term_lufs").asDouble()).isEqualTo(-18);
        assertThat(Invocation.of("presets").out())
                .contains("-14 LUFS, -1 dBTP.", "Spotify: Loudness normalization, https://", "(2026-11)");
        assertThat(Invocation.of("presets", "spotify@1").out())
                .startsWith("# spotify@1: ")
                .contains("# Spotify: ", "(2026-11)", "target_lufs: -14");
        assertThat(Invocation.of("presets", "spotify", "--json")
                        .json()
                        .path("master")
                        .path("loudness"))
                .isNotEmpty();
    }

    /** What is shown is a document: with a track added, it can be planned. */
    @Test
    void eachPresetIsShownAsADocument(@TempDir Path folder) throws IOException {
        Material.sine(folder.resolve("a.wav"), 440, 0.1, Material.RATE / 10);
        for (String name : names()) {
            Invocation shown = Invocation.of("presets", name);
            assertThat(shown.exitCode()).as(name).isZero();
            assertThat(shown.out()).as(name).contains("name: ", "bus_preset: none", "tracks: []\n");
            String buses = shown.out().contains("\nbuses:") ? "" : "buses: [{id: all, track_roles: ['*']}]\n";
            Path document = Material.document(
                    folder,
                    "shown.yaml",
                    shown.out().replace("tracks: []\n", "tracks: [{id: a, role: other, source: a.wav}]\n") + buses);

            Invocation plan = Invocation.of("plan", document);
            assertThat(plan.exitCode()).as(name + ": " + plan.err()).isZero();
        }
    }

    @Test
    void aPresetIsShownAsJsonToo() {
        JsonNode json = Invocation.of("presets", "dme", "--json").json();
        assertThat(json.path("buses").findValuesAsString("id")).containsExactly("dialogue", "music", "effects");
    }

    @Test
    void anUnknownPresetIsInvalidAndTheKnownAreSaid() {
        Invocation run = Invocation.of("presets", "nonesuch");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("nonesuch").contains(names());
    }

    @Test
    void schemaIsAJsonSchema() {
        Invocation run = Invocation.of("schema");
        assertThat(run.exitCode()).isZero();
        assertThat(run.json().path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(run.json().path("properties").propertyNames()).contains("mixgraph", "tracks", "buses", "master");
    }

    @Test
    void everyCommandHelps() {
        for (String name : Main.commandLine().getSubcommands().keySet()) {
            Invocation run = Invocation.of(name, "--help");
            assertThat(run.exitCode()).as(name).isZero();
            assertThat(run.out()).as(name).contains("mixgraph " + name);
            assertThat(run.err()).as(name).isEmpty();
        }
    }

    @Test
    void versionNamesTheRevisionOfTheSound() {
        String sentence = "mixgraph " + MixEngine.VERSION + " (dsp_revision " + MixEngine.DSP_REVISION + ")"
                + System.lineSeparator();
        assertThat(Invocation.of("version")).isEqualTo(new Invocation(0, sentence, ""));
        assertThat(Invocation.of("--version")).isEqualTo(new Invocation(0, sentence, ""));
        JsonNode json = Invocation.of("version", "--json").json();
        assertThat(json.path("name").asString()).isEqualTo("mixgraph");
        assertThat(json.path("version").asString()).isEqualTo(MixEngine.VERSION);
        assertThat(json.path("dsp_revision").asInt()).isEqualTo(MixEngine.DSP_REVISION);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(BusPresets.names());
        names.addAll(FxPresets.names());
        names.addAll(LoudnessTargets.names());
        return names;
    }
}
