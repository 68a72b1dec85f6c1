package io.mixgraph.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.Gain;
import io.mixgraph.model.Automation;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Clip;
import io.mixgraph.model.FadeShape;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.Insert;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Send;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDocumentsTest {
    private static final Track KICK = new Track(
            "kick",
            null,
            "drums",
            "drums",
            List.of(Clip.of("kick.wav")),
            null,
            Channel.EMPTY
                    .withInserts(Inserts.of(List.of(new Gain(30, false))))
                    .withGainDb(-3)
                    .withPan(0)
                    .withMute(false)
                    .withSolo(false)
                    .withSends(List.of(Send.of("plate", -12)))
                    .withAutomation(Automation.of(
                            List.of(new Automation.Point(0, 0), new Automation.Point(12.5, -6)),
                            List.of(new Automation.Point(0, -0.5), new Automation.Point(8, 0.5)))));
    private static final Track VOX = Track.of(
                    "vox", List.of(new Clip("vox.wav", 4, 0, 20.0, 0, 0.01, 0.5, FadeShape.EQUAL_POWER, List.of())))
            .withRole("vocals");
    private static final Session FIRST_MIX = new Session(
            1,
            "First mix",
            48000,
            "default",
            List.of(KICK, VOX),
            Map.of("my_drums", List.of(Insert.of(new Gain(-18, true)))),
            List.of(
                    new BusConfig(
                            "drums",
                            "Drums",
                            List.of("drums", "percussion"),
                            "master",
                            Channel.EMPTY
                                    .withInserts(new Inserts(null, null, "my_drums"))
                                    .withGainDb(0)
                                    .withPan(0)),
                    BusConfig.of("plate").withFx(List.of(new Gain(0, false))).withOutput("master")),
            Master.EMPTY
                    .withFx(List.of())
                    .withGainDb(0)
                    .withLimiter(LimiterConfig.at(-1))
                    .withLoudness(new LoudnessConfig(null, -14.0, -1.0, LoudnessMode.LIMIT, null)),
            Output.DEFAULT
                    .withMaster(FileFormat.wav(SampleEncoding.PCM24))
                    .withStems(StemOutput.DEFAULT.withEncoding(SampleEncoding.FLOAT32)),
            -3);

    @Test
    void readsTheDocumentOfTheDesign() throws IOException, URISyntaxException {
        Path file = Path.of(
                Objects.requireNonNull(getClass().getResource("first-mix.yaml")).toURI());
        SessionDocument document = SessionDocuments.read(file);

        assertThat(document.problems()).isEmpty();
        assertThat(document.session()).isEqualTo(FIRST_MIX);
        assertThat(document.resolve("kick.wav")).isEqualTo(file.resolveSibling("kick.wav"));
    }

    @Test
    void readsJsonAsYaml() {
        SessionDocument document = SessionDocuments.read("""
                {"name": "J", "tracks": [{"id": "a", "source": "a.wav", "gain_db": -1.5e1}]}
                """, "j.json", DocumentFormat.JSON);

        assertThat(document.problems()).isEmpty();
        assertThat(document.session())
                .isEqualTo(Session.of("J", List.of(Track.of("a", "a.wav").withGainDb(-15))));
    }

    @ParameterizedTest
    @EnumSource(DocumentFormat.class)
    void whatIsWrittenReadsBackAsEqual(DocumentFormat format) {
        for (long seed = 0; seed < 200; seed++) {
            Session session = RandomSessions.next(new SplittableRandom(seed));
            String text = SessionDocuments.write(session, format);
            SessionDocument document = SessionDocuments.read(text, "seed " + seed, format);

            assertThat(document.problems())
                    .as("problems of seed %d:\n%s", seed, text)
                    .isEmpty();
            assertThat(document.session()).as("seed %d:\n%s", seed, text).isEqualTo(session);
            assertThat(SessionDocuments.write(document.session(), format)).isEqualTo(text);
        }
    }

    @Test
    void jsonIsAlsoReadAsYaml() {
        for (long seed = 0; seed < 50; seed++) {
            Session session = RandomSessions.next(new SplittableRandom(seed));
            String text = SessionDocuments.write(session, DocumentFormat.JSON);

            assertThat(SessionDocuments.read(text, "seed " + seed, DocumentFormat.YAML)
                            .session())
                    .as("seed %d:\n%s", seed, text)
                    .isEqualTo(session);
        }
    }

    @Test
    void writesTheShortestForm() {
        Session session = Session.of(
                        "Short",
                        List.of(
                                Track.of("kick", "kick.wav").withFx(List.of(new Gain(-3, false))),
                                Track.of(
                                        "snare",
                                        List.of(
                                                Clip.of("a.wav"),
                                                Clip.of("b.wav").withStartS(0.1)))))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF))
                .withOutput(Output.DEFAULT.withStems(StemOutput.NONE).withTail(Tail.seconds(2.5)));

        assertThat(SessionDocuments.write(session, DocumentFormat.YAML)).isEqualTo("""
                        name: Short
                        tracks:
                          - id: kick
                            source: kick.wav
                            fx: [{type: gain, gain_db: -3}]
                          - id: snare
                            clips: [{source: a.wav}, {source: b.wav, start_s: 0.1}]
                        master: {limiter: false}
                        output: {stems: false, tail: 2.5}
                        """);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void switchesAreWordsOrObjects(boolean written, boolean enabled) {
        Session session = valid("master: {limiter: %s}\noutput: {stems: %s}".formatted(written, written));

        assertThat(session.master().limiter()).isEqualTo(new LimiterConfig(enabled, null));
        assertThat(session.output().stems()).isEqualTo(enabled ? StemOutput.DEFAULT : StemOutput.NONE);
    }

    @Test
    void switchesAreObjectsToo() {
        Session session = valid("master: {limiter: {}}\noutput: {stems: {encoding: pcm24}}");

        assertThat(session.master().limiter()).isEqualTo(new LimiterConfig(true, null));
        assertThat(session.output().stems()).isEqualTo(StemOutput.DEFAULT.withEncoding(SampleEncoding.PCM24));
    }

    @Test
    void tailIsAWordOrSeconds() {
        assertThat(valid("output: {tail: auto}").output().tail()).isEqualTo(Tail.AUTO);
        assertThat(valid("output: {tail: none}").output().tail()).isEqualTo(Tail.NONE);
        assertThat(valid("output: {tail: 0}").output().tail()).isEqualTo(Tail.seconds(0));
        assertThat(valid("output: {tail: 2.25}").output().tail()).isEqualTo(Tail.seconds(2.25));
    }

    @Test
    void whatIsAbsentHasItsDefault() {
        Session session = valid("");

        assertThat(session).isEqualTo(Session.of("Untitled", List.of(Track.of("a", "a.wav"))));
        assertThat(session.output().master()).isEqualTo(FileFormat.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", ".5", "+0.5", "5e-1", "0.50"})
    void yamlNumbersAreThoseOfTheCoreSchema(String number) {
        assertThat(valid("master: {gain_db: " + number + "}").master().gainDb()).isEqualTo(0.5);
    }

    @Test
    void aWholeNumberMayHaveAFractionOfZero() {
        assertThat(valid("sample_rate: 48000.0").sampleRate()).isEqualTo(48000);
    }

    private static Session valid(String yaml) {
        SessionDocument document =
                SessionDocuments.read("tracks: [{id: a, source: a.wav}]\n" + yaml, "test", DocumentFormat.YAML);
        assertThat(document.problems()).isEmpty();
        return document.session();
    }
}
