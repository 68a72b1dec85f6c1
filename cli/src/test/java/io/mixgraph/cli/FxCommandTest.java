package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.SessionDocument;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import io.mixgraph.fx.Limiter;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.model.Insert;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The help of effects, which follows from the catalogue alone. */
class FxCommandTest {
    static List<String> names() {
        return EffectCatalogue.types().stream().map(EffectType::name).toList();
    }

    @Test
    void listsAllInTheOrderOfTheCatalogue() {
        Invocation text = Invocation.of("fx");
        assertThat(text.exitCode()).isZero();
        List<String> lines = text.out().lines().skip(1).toList();
        assertThat(lines).hasSameSizeAs(EffectCatalogue.types());
        JsonNode json = Invocation.of("fx", "--json").json();
        assertThat(json.findValuesAsString("name")).containsExactlyElementsOf(names());
        for (int i = 0; i < lines.size(); i++) {
            EffectType type = EffectCatalogue.types().get(i);
            JsonNode effect = json.path(i);
            assertThat(effect.path("doc").asString()).isEqualTo(type.doc());
            assertThat(lines.get(i))
                    .startsWith(type.name() + " ")
                    .contains(effect.path("nature").asString() + " ")
                    .contains(effect.path("key").asString() + " ")
                    .endsWith(" " + type.doc());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void showsWholeOf(String name) {
        EffectType type = EffectCatalogue.byName(name).orElseThrow();
        Invocation text = Invocation.of("fx", name);
        assertThat(text.exitCode()).isZero();
        assertThat(text.err()).isEmpty();
        assertThat(text.out()).startsWith(name + ": " + type.doc());
        assertThat(text.out().lines().takeWhile(line -> !line.equals("As it is written")))
                .allMatch(line -> line.length() <= Paragraph.WIDTH);

        JsonNode json = Invocation.of("fx", name, "--json").json();
        assertThat(json.path("revision").asInt()).isEqualTo(type.revision());
        assertThat(json.path("parameters")
                        .valueStream()
                        .map(field -> field.path("name").asString()))
                .containsExactlyElementsOf(type.shape().fields().stream()
                        .map(field -> field.name())
                        .toList());
        assertThat(json.path("insert")
                        .valueStream()
                        .map(field -> field.path("name").asString()))
                .containsExactly("bypass", "mix", "channels", "key", "automation");
        for (JsonNode field : json.path("parameters")) {
            assertThat(text.out()).contains("\n  " + field.path("name").asString() + " ");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void showsADocumentThatReadsBackOf(String name) {
        String example =
                Invocation.of("fx", name, "--json").json().path("example").asString();
        SessionDocument document = SessionDocuments.read(example, name, DocumentFormat.YAML);
        assertThat(document.problems()).as(example).isEmpty();
        assertThat(SessionDocuments.write(document.session(), DocumentFormat.YAML))
                .isEqualTo(example);
        Insert insert = Objects.requireNonNull(
                        document.session().tracks().get(0).channel().inserts().fx())
                .get(0);
        assertThat(EffectCatalogue.of(insert.effect()).name()).isEqualTo(name);
        assertThat(Invocation.of("fx", name).out().replace("\n  ", "\n")).endsWith("\n" + example);
    }

    @ParameterizedTest
    @MethodSource("names")
    void itsExamplesAreTakenBy(String name) {
        EffectType type = EffectCatalogue.byName(name).orElseThrow();
        for (String written : type.examples()) {
            assertThatCode(() -> ExampleDocument.read(type, written)).doesNotThrowAnyException();
        }
    }

    /** The fallback for effects from elsewhere that have no example. */
    @ParameterizedTest
    @MethodSource("names")
    void theFewestSettingsAreFoundOf(String name) {
        EffectType type = EffectCatalogue.byName(name).orElseThrow();
        assertThat(FewestSettings.of(type)).hasValueSatisfying(settings -> {
            Effect effect = EffectCatalogue.create(name, settings);
            assertThat(settings.keySet())
                    .containsAll(type.shape().fields().stream()
                            .filter(RecordShape.Field::required)
                            .map(RecordShape.Field::name)
                            .toList());
            assertThat(effect).isInstanceOf(type.record());
        });
    }

    @Test
    void aParameterIsDescribed() {
        assertThat(Invocation.of("fx", "compressor").out())
                .containsSubsequence(
                        "threshold_db         -100 to 20 dB; must be given; can be automated\n",
                        "                     The level from which it reduces.\n",
                        "ratio                1 to 100; default 2; can be automated\n",
                        "detector             peak, rms; default peak\n",
                        "lookahead_ms         0 to 20 ms; default 0\n",
                        "auto_makeup          true or false; default false\n");
        assertThat(Invocation.of("fx", "highpass").out())
                .contains("slope_db_per_octave  6, 12, 18, 24, 30, 36, 42, 48; default 12\n");
    }

    @Test
    void listsAreDescribedItemByItem() {
        assertThat(Invocation.of("fx", "eq").out())
                .containsSubsequence(
                        "\n  bands   a list of objects; must be given\n",
                        "\n      gain_db       -24 to 24 dB; default 0; can be automated as bands/0/gain_db\n",
                        "\n  q_mode  constant, proportional; default constant\n");
        JsonNode band = Invocation.of("fx", "eq", "--json")
                .json()
                .path("parameters")
                .path(0)
                .path("fields");
        assertThat(band.findValuesAsString("name")).containsExactly("type", "frequency_hz", "gain_db", "q", "enabled");
    }

    @Test
    void ofAKeyNothingMoves() {
        JsonNode insert = Invocation.of("fx", "ducker", "--json").json().path("insert");
        assertThat(insert.valueStream()
                        .filter(field -> field.path("automatable").asBoolean())
                        .map(field -> field.path("name").asString()))
                .containsExactly("mix");
        assertThat(insert.path(3).path("fields").findValuesAsString("automatable"))
                .containsOnly("false");
        assertThat(Invocation.of("fx", "ducker").out())
                .contains("key       must be given\n", "\n  key         an object\n", "key: voice");
        assertThat(Invocation.of("fx", "gain").out())
                .contains("key       takes none\n")
                .doesNotContain("\n  key         an object");
    }

    @Test
    void latencyAndTailAreSaidWhereTheyDependOnNothingThatMustBeGiven() {
        JsonNode limiter = Invocation.of("fx", "limiter", "--json").json();
        assertThat(limiter.path("latency").path("depends_on").path(0).asString())
                .isEqualTo("lookahead_ms");
        for (JsonNode at : limiter.path("latency").path("at")) {
            assertThat(at.path("frames").asInt())
                    .isEqualTo(
                            Limiter.at(-1).latencyFrames(at.path("sample_rate").asInt()));
        }
        assertThat(Invocation.of("fx", "limiter").out())
                .containsPattern("latency   \\d+ frames at 44.1 kHz, \\d+ at 48 kHz");

        JsonNode highpass = Invocation.of("fx", "highpass", "--json").json();
        assertThat(highpass.path("latency").path("at").findValuesAsString("frames"))
                .containsOnly("0");
        assertThat(highpass.path("tail").path("at").size()).isZero();
        assertThat(highpass.path("tail").path("depends_on").toString())
                .contains("frequency_hz", "slope_db_per_octave", "shape");
        assertThat(Invocation.of("fx", "highpass").out())
                .contains("latency   none\n", "tail      depends on frequency_hz, ");
    }

    @Test
    void anUnknownEffectIsInvalidAndTheNearestIsSaid() {
        Invocation run = Invocation.of("fx", "compresor");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("compresor", "Did you mean \"compressor\"?")
                .contains(names());
        assertThat(run.err().toLowerCase(Locale.ROOT)).doesNotContain("defect");
    }
}
