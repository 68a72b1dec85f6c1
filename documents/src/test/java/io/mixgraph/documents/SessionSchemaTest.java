package io.mixgraph.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SessionSchema.text(), InputFormat.JSON);

    /** After a change of the model or the catalogue: run this class with -Dmixgraph.update=true and commit the file. */
    @Test
    void theShippedSchemaIsTheGeneratedOne() throws IOException {
        if (Boolean.getBoolean("mixgraph.update")) {
            Files.writeString(
                    Path.of("src/main/resources/io/mixgraph/documents/session.schema.json"), SessionSchema.text());
            return;
        }
        try (InputStream shipped =
                Objects.requireNonNull(SessionSchema.class.getResourceAsStream("session.schema.json"))) {
            assertThat(new String(shipped.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(SessionSchema.text());
        }
    }

    @Test
    void isItselfValid() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));

        assertThat(meta.validate(SessionSchema.text(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void knowsEveryEffect() {
        assertThat(EffectCatalogue.types())
                .extracting(EffectType::name)
                .allSatisfy(name -> assertThat(errors(
                                "{\"tracks\": [{\"id\": \"a\", \"source\": \"a\", \"fx\": [{\"type\": \"" + name
                                        + "\", \"no_such\": 1}]}]}",
                                DocumentFormat.JSON))
                        .anySatisfy(error -> assertThat(error.toString()).contains("no_such")));
    }

    @Test
    void takesTheDocumentOfTheDesign() throws IOException {
        try (InputStream example = Objects.requireNonNull(getClass().getResourceAsStream("first-mix.yaml"))) {
            String text = new String(example.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(errors(text, DocumentFormat.YAML)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DocumentFormat.class)
    void takesWhatIsWritten(DocumentFormat format) {
        for (long seed = 0; seed < 20; seed++) {
            String text = SessionDocuments.write(RandomSessions.next(new SplittableRandom(seed)), format);
            assertThat(errors(text, format)).as("seed %d:\n%s", seed, text).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{tracks: {}}",
                "{tracks: [5]}",
                "{tracks: [{source: a}]}",
                "{tracks: [{id: '', source: a}]}",
                "{tracks: [{id: a}]}",
                "{tracks: [{id: a, source: 5}]}",
                "{tracks: [{id: a, source: a, clips: [{source: a}]}]}",
                "{tracks: [{id: a, clips: [{}]}]}",
                "{tracks: [{id: a, source: a, fx: [{}]}]}",
                "{tracks: [{id: a, source: a, fx: [{type: no_such_effect}]}]}",
                "{tracks: [{id: a, source: a, fx: [{type: gain, gain_db: '1'}]}]}",
                "{tracks: [{id: a, source: a, fx: [{type: gain, gain_db: 61}]}]}",
                "{tracks: [{id: a, source: a, fx: [{type: highpass}]}]}",
                "{tracks: [{id: a, source: a, fx: [{type: highpass, frequency_hz: 30, slope_db_per_octave: 20}]}]}",
                "{tracks: [{id: a, source: a, automation: {pan: [[0]]}}]}",
                "{tracks: [{id: a, source: a, automation: {pan: [[0, 2]]}}]}",
                "{tracks: [{id: a, source: a, automation: {pan: [[-1, 0]]}}]}",
                "{tracks: [{id: a, source: a, automation: {pan: [[0, 0, 0]]}}]}",
                "{tracks: [{id: a, source: a, downmix: mono}]}",
                "{tracks: [{id: a, source: a, mute: 1}]}",
                "{tracks: [{id: a, source: a, name: null}]}",
                "{tracks: [{id: a, source: a}], mixgraph: 2}",
                "{tracks: [{id: a, source: a}], no_such_field: 1}",
                "{tracks: [{id: a, source: a}], sample_rate: 44100.5}",
                "{tracks: [{id: a, source: a}], sample_rate: 7999}",
                "{tracks: [{id: a, source: a}], fx_chains: {c: 5}}",
                "{tracks: [{id: a, source: a}], buses: [{id: b, sends: [{}]}]}",
                "{tracks: [{id: a, source: a}], master: {limiter: 1}}",
                "{tracks: [{id: a, source: a}], master: {limiter: {enabled: true}}}",
                "{tracks: [{id: a, source: a}], master: {limiter: {true_peak_db: 1}}}",
                "{tracks: [{id: a, source: a}], output: {stems: {tap: no_such_tap}}}",
                "{tracks: [{id: a, source: a}], output: {tail: -1}}",
                "{tracks: [{id: a, source: a}], output: {tail: forever}}",
            })
    void refusesWhatTheReaderRefuses(String yaml) {
        assertThat(SessionDocuments.read(yaml, "test", DocumentFormat.YAML).problems())
                .as("the reader's")
                .isNotEmpty();
        assertThat(errors(yaml, DocumentFormat.YAML)).as("the schema's").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{tracks: [{id: a, source: a}], mixgraph: 1, sample_rate: 48000.0}",
                "{tracks: [{id: a, source: a}], master: {limiter: false}, output: {stems: true, tail: none}}",
                "{tracks: [{id: a, source: a}], master: {limiter: {}}, output: {stems: {}, tail: 0}}",
            })
    void takesWhatTheReaderTakes(String yaml) {
        assertThat(SessionDocuments.read(yaml, "test", DocumentFormat.YAML).problems())
                .as("the reader's")
                .isEmpty();
        assertThat(errors(yaml, DocumentFormat.YAML)).as("the schema's").isEmpty();
    }

    private static List<Error> errors(String text, DocumentFormat format) {
        return SCHEMA.validate(text, format == DocumentFormat.JSON ? InputFormat.JSON : InputFormat.YAML);
    }
}
