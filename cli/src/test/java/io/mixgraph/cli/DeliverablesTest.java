package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.codecs.Codecs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** One render with a deliverable of every kind, looked at from outside. */
class DeliverablesTest {
    private static final String OUTPUT = """
            output:
              stems: {tap: mastered}
              deliverables:
                - {id: instrumental, except: [vocals]}
                - {id: drums, sum: [drums]}
                - {id: dry, sum: [drums, bass], tap: pre_master}
                - {id: cd, encoding: pcm16, dither: shaped, sample_rate: 44100}
                - {id: store, format: flac}
                - {id: apple, format: alac}
                - {id: player, format: mp3}
                - {id: phone, format: aac}
                - {id: web, format: opus}
                - {id: dj, format: stem_mp4}
                - id: dj_lossless
                  format: stem_mp4
                  encoding: pcm16
                  stems: {Beat: [drums], Low: [bass], Music: [other], Voice: [vocals]}
              tags: {artist: Nobody, isrc: QZ-ABC-26-00001}
            """;

    @TempDir
    static Path folder;

    private static Path out;
    private static JsonNode report;

    @BeforeAll
    static void render() throws IOException {
        out = folder.resolve("out");
        Path document = Material.document(folder, "band.yaml", Material.band(folder) + OUTPUT);
        Invocation run = Invocation.of("render", document, "--out", out, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        report = run.json();
    }

    @Test
    void filesLieWhereTheirIdsAndFormatsSay() {
        assertThat(files().keySet())
                .contains(
                        "deliverables/instrumental.wav",
                        "deliverables/store.flac",
                        "deliverables/apple.m4a",
                        "deliverables/player.mp3",
                        "deliverables/phone.m4a",
                        "deliverables/web.opus",
                        "deliverables/dj.stem.mp4",
                        "stems/drums.wav",
                        "master.wav");
    }

    @Test
    void everyFileIsReadAsLongAsItIsReported() throws IOException {
        long frames = report.path("frames").asLong();
        for (JsonNode file : files().values()) {
            String path = file.path("path").asString();
            AudioSource source = AudioFiles.open(out.resolve(path), path);
            int rate = path.equals("deliverables/cd.wav") ? 44_100 : Material.RATE;
            assertThat(source.format().sampleRate()).as(path).isEqualTo(rate);
            assertThat(file.path("sample_rate").asInt()).as(path).isEqualTo(rate);
            assertThat(source.frames())
                    .as(path)
                    .isEqualTo(Math.round((double) frames * rate / Material.RATE))
                    .isEqualTo(file.path("frames").asLong());
        }
    }

    /** What {@code docs} say of sums: float32(Σ stems as they are stored), in double, in the order of the buses. */
    @Test
    void anInstrumentalIsTheSumOfItsStemsBitForBit() throws IOException {
        double[][] sum = sum("drums", "bass", "other");
        double[][] heard = Material.samples(out.resolve("deliverables/instrumental.wav"));
        for (double[] channel : sum) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = (float) channel[i];
            }
        }
        assertThat(heard).isDeepEqualTo(sum);
        assertThat(Material.samples(out.resolve("deliverables/drums.wav"))).isDeepEqualTo(sum("drums"));
    }

    /** At every frame half a step of 24 bits, and of each stem's float; a little for the filters' double precision. */
    @Test
    void masteredStemsAddUpToTheMaster() throws IOException {
        double[][] sum = new double[2][];
        double[][] bound = new double[2][];
        double[][] master = Material.samples(out.resolve("master.wav"));
        for (int c = 0; c < 2; c++) {
            sum[c] = new double[master[c].length];
            bound[c] = new double[master[c].length];
            Arrays.fill(bound[c], 0x1p-24 + 1e-10);
        }
        for (String stem : List.of("drums", "bass", "vocals", "other")) {
            double[][] part = Material.samples(out.resolve("stems/" + stem + ".wav"));
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < sum[c].length; i++) {
                    sum[c][i] += part[c][i];
                    bound[c][i] += Math.abs(part[c][i]) * 0x1p-24;
                }
            }
        }
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < sum[c].length; i++) {
                assertThat(Math.abs(sum[c][i] - master[c][i]))
                        .as("channel %d, frame %d", c, i)
                        .isLessThanOrEqualTo(bound[c][i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"store.flac", "apple.m4a"})
    void aLosslessCopyIsTheMasterSampleBySample(String file) throws IOException {
        assertThat(Material.samples(out.resolve("deliverables/" + file)))
                .isDeepEqualTo(Material.samples(out.resolve("master.wav")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"player.mp3", "phone.m4a", "web.opus", "dj.stem.mp4"})
    void aLossyCopyLinesUpWithTheMaster(String file) throws IOException {
        double[] copy = Material.samples(out.resolve("deliverables/" + file))[0];
        double[] master = Material.samples(out.resolve("master.wav"))[0];
        int best = 0;
        for (int lag = -50; lag <= 50; lag++) {
            best = correlation(master, copy, lag) > correlation(master, copy, best) ? lag : best;
        }
        assertThat(best).isZero();
    }

    private static double correlation(double[] a, double[] b, int lag) {
        double sum = 0;
        for (int i = 100; i < a.length - 100; i++) {
            sum += a[i] * b[i + lag];
        }
        return sum;
    }

    @Test
    void aCompactDiscHoldsSixteenBitsAtItsOwnRate() throws IOException {
        double[][] samples = Material.samples(out.resolve("deliverables/cd.wav"));
        Set<Double> low = new HashSet<>();
        for (double sample : samples[0]) {
            assertThat(sample * 32_768).isEqualTo(Math.rint(sample * 32_768));
            low.add(sample * 32_768 % 2);
        }
        assertThat(low).as("the lowest bit moves").hasSizeGreaterThan(1);
        JsonNode file = Objects.requireNonNull(files().get("deliverables/cd.wav"));
        assertThat(file.path("dither").asString()).isEqualTo("shaped");
        // White noise loses what is above the new rate's band: 10·log10(22.05 / 24) = -0.37 dB at most.
        assertThat(file.path("loudness").path("integrated_lufs").asDouble()).isBetween(-14.37, -14.0);
        assertThat(file.path("loudness").path("true_peak_dbtp").asDouble()).isLessThanOrEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"dj, Drums Bass Other Vocals", "dj_lossless, Beat Low Music Voice"})
    void aStemFileHasFiveStreamsAndNamesItsStems(String id, String names) throws IOException {
        Path file = out.resolve("deliverables/" + id + ".stem.mp4");
        for (int stream = 0; stream < 5; stream++) {
            AudioSource source = Codecs.open(file, "stream " + stream, stream);
            assertThat(source.frames()).isEqualTo(report.path("frames").asLong());
            assertThat(source.format().sampleRate()).isEqualTo(Material.RATE);
            assertThat(source.format().channels()).isEqualTo(2);
        }
        JsonNode manifest = Invocation.json(new String(
                box(box(box(Files.readAllBytes(file), "moov"), "udta"), "stem"), StandardCharsets.UTF_8));
        assertThat(manifest.path("version").asInt()).isEqualTo(1);
        StringBuilder found = new StringBuilder();
        Set<String> colours = new HashSet<>();
        for (JsonNode stem : manifest.path("stems")) {
            found.append(found.isEmpty() ? "" : " ").append(stem.path("name").asString());
            assertThat(stem.path("color").asString()).matches("#[0-9A-F]{6}");
            colours.add(stem.path("color").asString());
        }
        assertThat(found).hasToString(names);
        assertThat(colours).hasSize(4);
        assertThat(manifest.path("mastering_dsp")
                        .path("limiter")
                        .path("enabled")
                        .asBoolean(true))
                .isFalse();
    }

    /** Five times half a step and a step of triangular dither, at 16 bits: 7.5 / 32768. */
    @Test
    void theStemsOfALosslessStemFileAddUpToItsMix() throws IOException {
        assertThat(sumMinusMix("dj_lossless", false))
                .isLessThanOrEqualTo(7.5 / 32_768)
                .isPositive();
    }

    /** How large the difference is against the mix is the codec's; at 256 kbit/s each it stays 20 dB below. */
    @Test
    void theStemsOfALossyStemFileAddUpToItsMixWithinTheCodecsError() throws IOException {
        assertThat(20 * Math.log10(sumMinusMix("dj", true))).isLessThan(-20).isGreaterThan(-120);
    }

    /** The largest difference, or the power of all of it against that of the mix, as an amplitude. */
    private static double sumMinusMix(String id, boolean relative) throws IOException {
        Path file = out.resolve("deliverables/" + id + ".stem.mp4");
        double[][] mix = Material.samples(Codecs.open(file, "mix", 0));
        double[][] sum = new double[2][mix[0].length];
        for (int stem = 1; stem < 5; stem++) {
            add(sum, Material.samples(Codecs.open(file, "stem " + stem, stem)));
        }
        double largest = 0;
        double power = 0;
        double all = 0;
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < sum[c].length; i++) {
                double error = sum[c][i] - mix[c][i];
                largest = Math.max(largest, Math.abs(error));
                power += error * error;
                all += mix[c][i] * mix[c][i];
            }
        }
        return relative ? Math.sqrt(power / all) : largest;
    }

    @Test
    void theCertificateHoldsForStemsAndSums() {
        JsonNode certificate = report.path("certificate");
        assertThat(certificate.path("aligned").asBoolean()).isTrue();
        assertThat(certificate.path("stems_tap").asString()).isEqualTo("mastered");
        assertThat(certificate.path("stems_sum_to").asString()).isEqualTo("master");
        assertThat(certificate.path("null_within_bound").asBoolean()).isTrue();
        assertThat(certificate.path("null_residual_dbfs").asDouble()).isLessThan(-130);
        Map<String, String> taps = new TreeMap<>();
        for (JsonNode sum : certificate.path("sums")) {
            assertThat(sum.path("within_bound").asBoolean())
                    .as(sum.path("id").asString())
                    .isTrue();
            taps.put(sum.path("id").asString(), sum.path("tap").asString());
        }
        assertThat(taps)
                .containsExactly(
                        Map.entry("drums", "mastered"),
                        Map.entry("dry", "pre_master"),
                        Map.entry("instrumental", "mastered"));
    }

    @Test
    void verifyHoldsAlsoWhenRenderedAgain() {
        Invocation run = Invocation.of("verify", out, "--rerender", folder.resolve("band.yaml"), "--json");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        Set<String> tried = new HashSet<>();
        for (JsonNode proof : run.json()) {
            assertThat(proof.path("outcome").asString()).as(proof.toString()).isIn("holds", "not_tried");
            if (proof.path("outcome").asString().equals("holds")) {
                tried.add(proof.path("what").asString());
            }
        }
        assertThat(tried)
                .contains(
                        "stems sum to master",
                        "instrumental is the sum of drums, bass, other",
                        "drums is the sum of drums",
                        "deliverables/store.flac is the master",
                        "deliverables/dj_lossless.stem.mp4: its stems sum to its mix",
                        "deliverables/player.mp3 again",
                        "deliverables/web.opus again");
    }

    private static Map<String, JsonNode> files() {
        Map<String, JsonNode> files = new TreeMap<>();
        report.path("files").forEach(file -> files.put(file.path("path").asString(), file));
        return files;
    }

    private static double[][] sum(String... stems) throws IOException {
        double[][] sum = new double[2][(int) report.path("frames").asLong()];
        for (String stem : stems) {
            add(sum, Material.samples(out.resolve("stems/" + stem + ".wav")));
        }
        return sum;
    }

    private static void add(double[][] sum, double[][] part) {
        for (int c = 0; c < sum.length; c++) {
            assertThat(part[c]).hasSameSizeAs(sum[c]);
            for (int i = 0; i < sum[c].length; i++) {
                sum[c][i] += part[c][i];
            }
        }
    }

    /** The body of the first box of a type (ISO/IEC 14496-12, 4.2). */
    private static byte[] box(byte[] boxes, String type) {
        ByteBuffer in = ByteBuffer.wrap(boxes);
        for (int at = 0; at < boxes.length; at += in.getInt(at)) {
            if (new String(boxes, at + 4, 4, StandardCharsets.ISO_8859_1).equals(type)) {
                return Arrays.copyOfRange(boxes, at + 8, at + in.getInt(at));
            }
        }
        throw new AssertionError("there is no box " + type);
    }
}
