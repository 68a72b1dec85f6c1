package io.mixgraph.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every fault of a document: its code, pointer, line and column, and what is said of it. */
class ProblemsTest {
    private static final String EFFECTS =
            EffectCatalogue.types().stream().map(EffectType::name).collect(Collectors.joining(", "));

    @Test
    void allFaultsAtOnceInDocumentOrder() {
        assertThat(faults("""
                                mixgraph: 1
                                sample_rat: 48000
                                tracks:
                                  - id: kick
                                    source: kick.wav
                                    gain_db: "3"
                                    mute: yes
                                    fx: [{type: gian}, {type: gain, gain_db: .nan}, {gain_db: 1}, 5]
                                  - id: kick
                                    gain_db: 99
                                    bus: master
                                  - nothing
                                buses:
                                  - {id: drums, fx: [], fx_chain_id: none, track_roles: [Lead Vocal, lead-vocal]}
                                  - {id: drums, output: 3}
                                output: {stems: {tap: mastering}, tail: long}
                                """))
                .containsExactly(
                        "UNKNOWN_FIELD /sample_rat (line 2, column 1): there is no field \"sample_rat\" here. Did you"
                                + " mean \"sample_rate\"?",
                        "WRONG_TYPE /tracks/0/gain_db (line 6, column 14): expected a number, found the text \"3\";"
                                + " write it without quotes",
                        "WRONG_TYPE /tracks/0/mute (line 7, column 11): expected true or false, found the text \"yes\"",
                        "UNKNOWN_EFFECT /tracks/0/fx/0/type (line 8, column 17): \"gian\" is no effect. Did you mean"
                                + " \"gain\"? There are " + EFFECTS,
                        "OUT_OF_RANGE /tracks/0/fx/1/gain_db (line 8, column 46): nan is out of range: -144 to 60 dB",
                        "MISSING_FIELD /tracks/0/fx/2/type (line 8, column 53): type must be given: one of " + EFFECTS,
                        "WRONG_TYPE /tracks/0/fx/3 (line 8, column 67): expected an effect such as {type: gain}, found"
                                + " the number 5",
                        "MISSING_FIELD /tracks/1/clips (line 9, column 5): clips must be given: What it plays. `source:"
                                + " FILE` in its place is one clip of the whole file at 0.",
                        "DUPLICATE_ID /tracks/1/id (line 9, column 9): \"kick\" is the id of /tracks/0 already; tracks"
                                + " and buses share their names",
                        "OUT_OF_RANGE /tracks/1/gain_db (line 10, column 14): 99 is out of range: -144 to 60 dB",
                        "DIRECT_TO_MASTER /tracks/1/bus (line 11, column 10): a track cannot go straight to the master;"
                                + " send it to a bus",
                        "WRONG_TYPE /tracks/2 (line 12, column 5): expected an object, found the text \"nothing\"",
                        "CONFLICTING_FX /buses/0/fx_chain_id (line 14, column 38): fx and fx_chain_id are given; a"
                                + " strip takes one of them",
                        "UNKNOWN_CHAIN /buses/0/fx_chain_id (line 14, column 38): no chain of fx_chains is called"
                                + " \"none\"; fx_chains is empty",
                        "CONFLICTING_ROLE /buses/0/track_roles/1 (line 14, column 70): the role \"lead-vocal\" is"
                                + " claimed by bus drums already",
                        "DUPLICATE_ID /buses/1/id (line 15, column 10): \"drums\" is the id of /buses/0 already; tracks"
                                + " and buses share their names",
                        "WRONG_TYPE /buses/1/output (line 15, column 25): expected text, found the number 3",
                        "UNKNOWN_VALUE /output/stems/tap (line 16, column 23): \"mastering\" is no word of this field."
                                + " There are pre_master, mastered, soloed",
                        "UNKNOWN_VALUE /output/tail (line 16, column 41): \"long\" is no tail. There are auto, none, a"
                                + " number of seconds");
    }

    /** Each line: what comes after {@code tracks: [{id: a, source: a.wav}]} and a line feed; code; pointer; place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sampel_rate: 1 | UNKNOWN_FIELD | /sampel_rate | 2:1",
                "a/b~c: 1 | UNKNOWN_FIELD | /a~1b~0c | 2:1",
                "master: {enabled: 1} | UNKNOWN_FIELD | /master/enabled | 2:10",
                "master: {limiter: {enabled: false}} | UNKNOWN_FIELD | /master/limiter/enabled | 2:20",
                "name: a\\nname: b | DUPLICATE_FIELD | /name | 3:1",
                "fx_chains: {c: [], c: []} | DUPLICATE_FIELD | /fx_chains/c | 2:20",
                "name: 5 | WRONG_TYPE | /name | 2:7",
                "fx_chains: {c: [{type: gain, key: a}]} | KEY_WITHOUT_DETECTOR | /fx_chains/c/0/key | 2:35",
                "fx_chains: {c: [{type: gate, threshold_db: 0, key: 5}]} | WRONG_TYPE | /fx_chains/c/0/key | 2:52",
                "fx_chains: {c: [{type: gate, threshold_db: 0, key: {form: a}}]} | UNKNOWN_FIELD | /fx_chains/c/0/key/form | 2:53",
                "fx_chains: {c: [{type: ducker, threshold_db: 0}]} | MISSING_FIELD | /fx_chains/c/0/key | 2:17",
                "fx_chains: {c: [{type: gain, mix: 2}]} | OUT_OF_RANGE | /fx_chains/c/0/mix | 2:35",
                "fx_chains: {c: [{type: gain, channels: centre}]} | UNKNOWN_VALUE | /fx_chains/c/0/channels | 2:40",
                "fx_chains: {c: [{type: gain, automation: {gian_db: [[0, 1]]}}]} | UNKNOWN_FIELD | /fx_chains/c/0/automation/gian_db | 2:52",
                "fx_chains: {c: [{type: gain, automation: {gain_db: [[0, 100]]}}]} | OUT_OF_RANGE | /fx_chains/c/0/automation/gain_db/0/1 | 2:57",
                "fx_chains: {c: [{type: gain, automation: {gain_db: [[1, 0], [1, 2]]}}]} | UNORDERED_POINTS | /fx_chains/c/0/automation/gain_db/1 | 2:61",
                "fx_chains: {c: [{type: gain, automation: {invert: [[0, 1]]}}]} | NOT_AUTOMATABLE | /fx_chains/c/0/automation/invert | 2:51",
                "fx_chains: {c: [{type: limiter, automation: {lookahead_ms: [[0, 1]]}}]} | NOT_AUTOMATABLE | /fx_chains/c/0/automation/lookahead_ms | 2:60",
                "fx_chains: {c: [{type: eq, bands: [{frequency_hz: 9, gain_db: 1}]}]} | OUT_OF_RANGE | /fx_chains/c/0/bands/0/frequency_hz | 2:51",
                "fx_chains: {c: [{type: convolution}]} | MISSING_FIELD | /fx_chains/c/0/impulse | 2:17",
                "fx_chains: {c: [{type: multiband_compressor}]} | MISSING_FIELD | /fx_chains/c/0/bands | 2:17",
                "fx_chains: {c: [{type: eq, bands: []}]} | OUT_OF_RANGE | /fx_chains/c/0 | 2:17",
                "buses: [{id: b, pan_mode: dual, pan: 1}] | CONFLICTING_PAN | /buses/0/pan | 2:38",
                "buses: [{id: b, pan_mode: balance, pan_left: 1}] | CONFLICTING_PAN | /buses/0/pan_left | 2:46",
                "buses: [{id: b, pan_law_db: -5}] | OUT_OF_RANGE | /buses/0/pan_law_db | 2:29",
                "buses: [{id: b, trim_delay_frames: 0.5}] | WRONG_TYPE | /buses/0/trim_delay_frames | 2:36",
                "buses: [{id: b, automation: {mute: [[0, 1]]}}] | WRONG_TYPE | /buses/0/automation/mute/0/1 | 2:41",
                "buses: [{id: b, automation: {pan: [[0, 1, jump]]}}] | UNKNOWN_VALUE | /buses/0/automation/pan/0/2 | 2:43",
                "buses: [{id: b, automation: {pan: [[0, 1, hold, 2]]}}] | WRONG_TYPE | /buses/0/automation/pan/0 | 2:36",
                "buses: [{id: b, sends: [{to: c, automation: {gain_db: [[2, 0], [1, 0]]}}]}] | UNORDERED_POINTS | /buses/0/sends/0/automation/gain_db/1 | 2:64",
                "master: {automation: {gain_db: [[0, 99]]}} | OUT_OF_RANGE | /master/automation/gain_db/0/1 | 2:37",
                "name: | WRONG_TYPE | /name | 2:6",
                "buses: {} | WRONG_TYPE | /buses | 2:8",
                "buses: [[]] | WRONG_TYPE | /buses/0 | 2:9",
                "fx_chains: [] | WRONG_TYPE | /fx_chains | 2:12",
                "sample_rate: 44100.5 | WRONG_TYPE | /sample_rate | 2:14",
                "sample_rate: 1e300 | OUT_OF_RANGE | /sample_rate | 2:14",
                "sample_rate: .inf | OUT_OF_RANGE | /sample_rate | 2:14",
                "sample_rate: .nan | WRONG_TYPE | /sample_rate | 2:14",
                "sample_rate: 7999 | OUT_OF_RANGE | /sample_rate | 2:14",
                "master: {limiter: 1} | WRONG_TYPE | /master/limiter | 2:19",
                "master: {gain_db: -.inf} | OUT_OF_RANGE | /master/gain_db | 2:19",
                "master: {gain_db: 1e400} | OUT_OF_RANGE | /master/gain_db | 2:19",
                "master: {limiter: {true_peak_db: 0.001}} | OUT_OF_RANGE | /master/limiter/true_peak_db | 2:34",
                "output: {tail: -1} | OUT_OF_RANGE | /output/tail | 2:16",
                "output: {tail: []} | WRONG_TYPE | /output/tail | 2:16",
                "output: {channels: 3} | OUT_OF_RANGE | /output/channels | 2:20",
                "output: {stems: {format: aiff}} | UNKNOWN_VALUE | /output/stems/format | 2:26",
                "output: {stems: {format: 1}} | WRONG_TYPE | /output/stems/format | 2:26",
                "fx_chains: {c: [{type: highpass}]} | MISSING_FIELD | /fx_chains/c/0/frequency_hz | 2:17",
                "fx_chains: {c: [{type: highpass, frequency_hz: 30, slope_db_per_octave: 20}]} | OUT_OF_RANGE |"
                        + " /fx_chains/c/0/slope_db_per_octave | 2:73",
                "fx_chains: {c: [{type: highpass, frequency_hz: 9.9}]} | OUT_OF_RANGE |"
                        + " /fx_chains/c/0/frequency_hz | 2:48",
                "fx_chains: {c: [{type: Highpass}]} | UNKNOWN_EFFECT | /fx_chains/c/0/type | 2:24",
                "fx_chains: {c: [{type: 5}]} | WRONG_TYPE | /fx_chains/c/0/type | 2:24",
                "fx_chains: {c: [{type: gain, type: gain}]} | DUPLICATE_FIELD | /fx_chains/c/0/type | 2:30",
                "fx_chains: {c: 5} | WRONG_TYPE | /fx_chains/c | 2:16",
                "buses: [{}] | MISSING_FIELD | /buses/0/id | 2:9",
                "buses: [{id: a}] | DUPLICATE_ID | /buses/0/id | 2:14",
                "buses: [{id: master}] | BAD_ID | /buses/0/id | 2:14",
                "buses: [{id: -a}] | BAD_ID | /buses/0/id | 2:14",
                "buses: [{id: ``}] | MISSING_FIELD | /buses/0/id | 2:14",
                "fx_chains: {a b: []} | BAD_ID | /fx_chains/a b | 2:18",
                "buses: [{id: b, automation: {pan: [[0, 0], [0, 1]]}}] | UNORDERED_POINTS |"
                        + " /buses/0/automation/pan/1 | 2:44",
                "buses: [{id: b, automation: {pan: [[0, 2]]}}] | OUT_OF_RANGE | /buses/0/automation/pan/0/1 | 2:40",
                "buses: [{id: b, automation: {pan: [[-1, 0]]}}] | OUT_OF_RANGE | /buses/0/automation/pan/0/0 | 2:37",
                "buses: [{id: b, automation: {pan: [[0]]}}] | WRONG_TYPE | /buses/0/automation/pan/0 | 2:36",
                "buses: [{id: b, automation: {pan: [[0, x]]}}] | WRONG_TYPE | /buses/0/automation/pan/0/1 | 2:40",
                "buses: [{id: b, sends: [{to: master}]}] | DIRECT_TO_MASTER | /buses/0/sends/0/to | 2:30",
                "buses: [{id: b, sends: [{gain_db: 1}]}] | MISSING_FIELD | /buses/0/sends/0/to | 2:25",
                "master: {limiter: false, loudness: {target_lufs: -14}} | LIMIT_WITHOUT_LIMITER |"
                        + " /master/loudness/mode | 2:36",
                "master: {loudness: {target_lufs: -14, mode: hold_back, max_reduction_db: 3}} |"
                        + " REDUCTION_WITHOUT_LIMIT | /master/loudness/max_reduction_db | 2:74",
                "master: {limiter: {true_peak_db: -2}, loudness: {target_lufs: -14, true_peak_db: -1}} |"
                        + " CONFLICTING_CEILING | /master/loudness/true_peak_db | 2:82",
                "master: {loudness: {target_lufs: -14, preset: spotify}} | CONFLICTING_TARGET |"
                        + " /master/loudness/target_lufs | 2:34",
                "master: {loudness: {}} | CONFLICTING_TARGET | /master/loudness | 2:20",
                "output: {master: {format: flac, encoding: float32}} | UNSUPPORTED_FORMAT | /output/master/encoding |"
                        + " 2:43",
                "output: {master: {format: stem_mp4}} | UNSUPPORTED_FORMAT | /output/master/format | 2:27",
                "output: {master: {format: mp3, encoding: pcm16}} | UNSUPPORTED_FORMAT | /output/master/encoding |"
                        + " 2:42",
                "output: {master: {bitrate_kbps: 320}} | UNSUPPORTED_FORMAT | /output/master/bitrate_kbps | 2:33",
                "output: {stems: {encoding: float32, dither: shaped}} | UNSUPPORTED_FORMAT | /output/stems/dither |"
                        + " 2:45",
                "output: {stems: {tap: mastered, nested: true}} | CONFLICTING_STEMS | /output/stems/nested | 2:41",
                "output: {deliverables: [{sum: [drums]}]} | MISSING_FIELD | /output/deliverables/0/id | 2:25",
                "output: {deliverables: [{id: a/b, sum: [drums]}]} | BAD_ID | /output/deliverables/0/id | 2:30",
                "output: {deliverables: [{id: a}, {id: a}]} | DUPLICATE_ID | /output/deliverables/1/id | 2:39",
                "output: {deliverables: [{id: a, sum: [drums], except: [bass]}]} | CONFLICTING_DELIVERABLE |"
                        + " /output/deliverables/0/except | 2:55",
                "output: {deliverables: [{id: a, sum: []}]} | CONFLICTING_DELIVERABLE |"
                        + " /output/deliverables/0/sum | 2:38",
                "output: {deliverables: [{id: a, tap: mastered}]} | CONFLICTING_DELIVERABLE |"
                        + " /output/deliverables/0/tap | 2:38",
                "output: {deliverables: [{id: a, sum: [drums], tap: soloed}]} | CONFLICTING_DELIVERABLE |"
                        + " /output/deliverables/0/tap | 2:52",
                "output: {deliverables: [{id: a, stems: {}}]} | CONFLICTING_DELIVERABLE |"
                        + " /output/deliverables/0/stems | 2:40",
                "output: {deliverables: [{id: a, format: stem_mp4, sum: [drums]}]} | CONFLICTING_DELIVERABLE |"
                        + " /output/deliverables/0/sum | 2:56",
                "output: {deliverables: [{id: a, format: stem_mp4, stems: {x: [drums]}}]} |"
                        + " CONFLICTING_DELIVERABLE | /output/deliverables/0/stems | 2:58",
                "output: {tags: {isrc: none}} | BAD_TAG | /output/tags/isrc | 2:23",
                "output: {tags: {date: yesterday}} | BAD_TAG | /output/tags/date | 2:23",
                "buses: [{id: residual}] | BAD_ID | /buses/0/id | 2:14",
                "mixgraph: 2 | UNSUPPORTED_VERSION | /mixgraph | 2:11",
                "mixgraph: 2\\nno_such_field: 1 | UNSUPPORTED_VERSION | /mixgraph | 2:11",
            })
    void oneFault(String yaml, Code code, String pointer, String place) {
        String text = "tracks: [{id: a, source: a.wav}]\n"
                + yaml.replace("``", "\"\"").replace("\\n", "\n");
        assertThat(read(text).problems())
                .singleElement()
                .extracting(
                        p -> p.problem().code(),
                        p -> p.problem().pointer(),
                        p -> p.place().line() + ":" + p.place().column())
                .containsExactly(code, pointer, place);
    }

    /** Each line: a whole document; code; pointer; place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | MISSING_FIELD | /tracks | 1:1",
                "tracks: [] | EMPTY_SESSION | /tracks | 1:9",
                "tracks: [{id: a, clips: []}] | EMPTY_SESSION | /tracks | 1:9",
                "tracks: [{id: a}] | MISSING_FIELD | /tracks/0/clips | 1:10",
                "tracks: [{source: a.wav}] | MISSING_FIELD | /tracks/0/id | 1:10",
                "tracks: [{id: a, source: 5}] | WRONG_TYPE | /tracks/0/source | 1:26",
                "tracks: [{id: a, source: '' }] | MISSING_FIELD | /tracks/0/source | 1:26",
                "tracks: [{id: a, sorce: x, clips: [{source: b}]}] | UNKNOWN_FIELD | /tracks/0/sorce | 1:18",
                "tracks: [{id: a, source: x, clips: [{source: b}]}] | DUPLICATE_FIELD | /tracks/0/source | 1:18",
                "tracks: [{id: a, clips: [{}]}] | MISSING_FIELD | /tracks/0/clips/0/source | 1:26",
                "tracks: [{id: a, clips: [{source: a, duration_s: 0.3, fade_in_s: 0.1, fade_out_s: 0.21}]}] |"
                        + " FADE_TOO_LONG | /tracks/0/clips/0/fade_out_s | 1:83",
                "tracks: [{id: a, clips: [{source: a, duration_s: 1, fade_in_s: 2}]}] | FADE_TOO_LONG |"
                        + " /tracks/0/clips/0/fade_in_s | 1:64",
                "[] | WRONG_TYPE | | 1:1",
                "text | WRONG_TYPE | | 1:1",
            })
    void oneFaultOfAWholeDocument(String yaml, Code code, String pointer, String place) {
        assertThat(read(yaml).problems())
                .singleElement()
                .extracting(
                        p -> p.problem().code(),
                        p -> p.problem().pointer(),
                        p -> p.place().line() + ":" + p.place().column())
                .containsExactly(code, pointer == null ? "" : pointer, place);
    }

    @Test
    void fadesThatFitExactlyInDecimalsFit() {
        assertThat(faults("tracks: [{id: a, clips: [{source: a, duration_s: 0.3, fade_in_s: 0.1, fade_out_s: 0.2}]}]"))
                .isEmpty();
    }

    @Test
    void idsHaveALongest() {
        String id = "x".repeat(64);
        assertThat(faults("tracks: [{id: " + id + ", source: a}]")).isEmpty();
        assertThat(read("tracks: [{id: x" + id + ", source: a}]").problems())
                .singleElement()
                .extracting(p -> p.problem().code())
                .isEqualTo(Code.BAD_ID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 1:1 | the document is empty",
                "# only a comment | 1:1 | the document is empty",
                "a: [1 | 1:6 | expected ',' or ']', but got <stream end>",
                "a: b: c | 1:5 | mapping values are not allowed here",
                "a:\\n\\tb: 1 | 2:1 | found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for"
                        + " indentation)",
                "a: &x 1\\nb: *x | 2:4 | YAML aliases (*name) are not read; write it out, or use fx_chains for effects",
                "a: !!str 1 | 1:4 | YAML tags (!name) are not read; put text in quotes instead",
                "a: 1\\n---\\nb: 1 | 3:1 | a second document begins here; a file holds one",
                "a: 1\\nb: \\u0007 | 2:4 | the character U+0007 is not allowed in a document",
                "? [a]\\n: 1 | 1:4 | Expected a property name (Scalar value in YAML), got this instead: +SEQ []",
            })
    void yamlThatIsNone(String text, String place, String message) {
        String yaml = text.replace("\\n", "\n").replace("\\tb", "\tb").replace("\\u0007", "\u0007");
        assertSyntax(SessionDocuments.read(yaml, "test", DocumentFormat.YAML), place, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 1:1 | the document is empty",
                "{\"a\": NaN} | 1:10 | Non-standard token 'NaN'",
                "{\"a\": 1}\\n x | 2:2 | Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or"
                        + " token 'null', 'true' or 'false')",
                "{\"a\": 1}\\n{} | 2:1 | a second document begins here; a file holds one",
                "{\"a\": 1,\\n} | 2:1 | Unexpected character ('}' (code 125)): was expecting double-quote to start"
                        + " property name",
                "{\"a\": 01} | 1:8 | Invalid numeric value: Leading zeroes not allowed",
                "{\"a\": \"\\ud800\"} | 1:7 | there is half of a surrogate pair in this text",
                "{\"a\": 1 | 1:8 | Unexpected end-of-input: expected close marker for Object",
            })
    void jsonThatIsNone(String text, String place, String message) {
        assertSyntax(SessionDocuments.read(text.replace("\\n", "\n"), "test", DocumentFormat.JSON), place, message);
    }

    private static void assertSyntax(SessionDocument document, String place, String message) {
        assertThat(document.problems())
                .singleElement()
                .extracting(
                        p -> p.problem().code(),
                        p -> p.problem().pointer(),
                        p -> p.place().line() + ":" + p.place().column(),
                        p -> p.problem().message())
                .containsExactly(Code.SYNTAX, "", place, message);
    }

    @Test
    void bytesThatAreNotUtf8() {
        byte[] latin1 = "name: a\nname: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        SessionDocument document = SessionDocuments.read(latin1, "latin.yaml", DocumentFormat.YAML, Path.of(""));

        assertThat(document.problems())
                .hasToString("[SYNTAX / (line 2, column 10): this is not UTF-8; save the document as UTF-8]");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        for (DocumentFormat format : DocumentFormat.values()) {
            String json = "\uFEFF{\"tracks\": [{\"id\": \"a\", \"source\": \"a.wav\"}]}";
            assertThat(SessionDocuments.read(json, "bom", format).problems()).isEmpty();
        }
    }

    @Test
    void deepNestingIsRefused() {
        for (DocumentFormat format : DocumentFormat.values()) {
            SessionDocument document = SessionDocuments.read("[".repeat(100_000), "deep", format);
            assertSyntax(document, "1:66", "more than 64 objects and lists inside each other");
        }
    }

    @Test
    void aGiantDocumentIsRefused() {
        SessionDocument document =
                SessionDocuments.read(" ".repeat(TreeReader.MAX_LENGTH + 1), "giant", DocumentFormat.YAML);
        assertSyntax(document, "1:1", "the document is longer than 16777216 characters");
    }

    @Test
    void terminalControlInMessagesIsMadeVisible() {
        SessionDocument document =
                SessionDocuments.read("{\"\\u001b[2J\": 1, \"tracks\": []}", "escape", DocumentFormat.JSON);
        assertThat(document.problems().get(0).toString())
                .startsWith("UNKNOWN_FIELD /\\u001B[2J (line 1, column 2): there is no field \"\\u001B[2J\" here.");
    }

    @Test
    void locatesWhatIsNotWrittenAtWhatIsNearest() {
        SessionDocument document = read("""
                tracks:
                  - id: kick
                    source: kick.wav
                  - {id: b, clips: [{source: b.wav}]}
                master: {limiter: false}
                """);

        assertThat(document.locate("")).isEqualTo(new Place(1, 1));
        assertThat(document.locate("/tracks/0/id")).isEqualTo(new Place(2, 9));
        assertThat(document.locate("/tracks/0/clips/0/source")).isEqualTo(new Place(3, 13));
        assertThat(document.locate("/tracks/0/clips/0/gain_db")).isEqualTo(new Place(3, 13));
        assertThat(document.locate("/tracks/0/gain_db")).isEqualTo(new Place(2, 5));
        assertThat(document.locate("/tracks/1/clips/0/source")).isEqualTo(new Place(4, 30));
        assertThat(document.locate("/tracks/1/clips/0/gain_db")).isEqualTo(new Place(4, 21));
        assertThat(document.locate("/tracks/9/id")).isEqualTo(new Place(2, 3));
        assertThat(document.locate("/master/limiter/true_peak_db")).isEqualTo(new Place(5, 19));
        assertThat(document.locate("/output/tail")).isEqualTo(new Place(1, 1));
    }

    @Test
    void furtherProblemsAreSortedInAndThoseThatOnlyFollowAreLeftOut() {
        SessionDocument document = read("""
                tracks: [{id: a, source: a.wav, bus: 5}]
                buses:
                  - {id: drums, output: parallel}
                  - {id: parallel, output: drums}
                master: {gain_db: 100}
                """);

        assertThat(document
                        .problems(List.of(
                                new Problem(Code.UNKNOWN_BUS, "/tracks/0/bus", "only follows from the wrong type"),
                                new Problem(Code.CYCLE, "/buses/1/output", "drums → parallel → drums")))
                        .stream()
                        .map(LocatedProblem::toString))
                .containsExactly(
                        "WRONG_TYPE /tracks/0/bus (line 1, column 38): expected text, found the number 5",
                        "CYCLE /buses/1/output (line 4, column 28): drums → parallel → drums",
                        "OUT_OF_RANGE /master/gain_db (line 5, column 19): 100 is out of range: -144 to 60 dB");
    }

    @Test
    void faultyPartsAreAtTheirDefaults() {
        SessionDocument document = read("tracks: [{id: a, source: a.wav, gain_db: x}, 5]\nname: [1]");

        assertThat(document.session().name()).isEqualTo("Untitled");
        assertThat(document.session().tracks()).hasSize(2);
        assertThat(document.session().tracks().get(0).channel().gainDb()).isNull();
        assertThat(document.problems()).hasSize(3);
    }

    private static SessionDocument read(String yaml) {
        return SessionDocuments.read(yaml, "test", DocumentFormat.YAML);
    }

    private static List<String> faults(String yaml) {
        return read(yaml).problems().stream().map(LocatedProblem::toString).toList();
    }
}
