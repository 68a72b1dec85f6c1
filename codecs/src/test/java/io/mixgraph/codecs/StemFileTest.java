package io.mixgraph.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.model.FileFormat.Container;
import io.mixgraph.model.Tags;
import io.mixgraph.render.PlannedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avformat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StemFileTest {
    @TempDir
    Path folder = Path.of("");

    /** Four stems of sound and, before them, their sum, which the encoding holds. */
    private static double[][] mixAndStems(PlannedFile file) {
        double[][] sound = Encoding.sound(file, 9);
        int channels = file.format().channels();
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < sound[c].length; i++) {
                double sum = 0.0;
                for (int stem = 1; stem <= 4; stem++) {
                    sum += sound[stem * channels + c][i];
                }
                sound[c][i] = Encoding.held(file.encoding(), sum);
            }
        }
        return sound;
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, aac, 44100, 2", "FLOAT32, aac, 48000, 1", "PCM16, alac, 44100, 2", "PCM24, alac, 48000, 2"})
    void fiveStreamsOfOneKindLengthAndRateTheFirstOfThemPlayed(
            SampleEncoding encoding, String codec, int rate, int channels) throws IOException {
        PlannedFile file = Encoding.planned(Container.STEM_MP4, encoding, rate, channels, 20_001);
        Path path = folder.resolve("it.stem.mp4");
        Encoding.write(path, file, mixAndStems(file), 480);
        List<Metadata.Stream> streams = Metadata.of(path).streams();
        assertThat(streams).hasSize(5);
        for (int i = 0; i < 5; i++) {
            Metadata.Stream stream = streams.get(i);
            assertThat(stream.codec()).isEqualTo(codec);
            assertThat(stream.sampleRate()).isEqualTo(rate);
            assertThat(stream.channels()).isEqualTo(channels);
            assertThat(stream.timeScale()).isEqualTo(rate);
            assertThat(stream.duration()).isEqualTo(streams.get(0).duration());
            assertThat(stream.disposition() & avformat.AV_DISPOSITION_DEFAULT)
                    .as("stream %d is played", i)
                    .isEqualTo(i == 0 ? avformat.AV_DISPOSITION_DEFAULT : 0);
        }
        assertThat(tracksEnabled(Files.readAllBytes(path))).containsExactly(true, false, false, false, false);
    }

    /** The lowest flag of each track header (ISO/IEC 14496-12, 8.3.2). */
    private static List<Boolean> tracksEnabled(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher tracks = Pattern.compile("tkhd").matcher(text);
        return tracks.results().map(found -> (bytes[found.end() + 3] & 1) == 1).toList();
    }

    @ParameterizedTest
    @CsvSource({"PCM16, 44100, 2", "PCM24, 48000, 1", "PCM24, 96000, 2"})
    void losslessStemsAddUpToTheMixSampleBySample(SampleEncoding encoding, int rate, int channels) throws IOException {
        for (int frames : new int[] {1, 5, 4_097, 20_001}) {
            PlannedFile file = Encoding.planned(Container.STEM_MP4, encoding, rate, channels, frames);
            double[][] sound = mixAndStems(file);
            Path path = folder.resolve("it.stem.mp4");
            Encoding.write(path, file, sound, 480);
            double[][] sum = new double[channels][frames];
            for (int stem = 1; stem <= 4; stem++) {
                double[][] heard = read(path, stem, frames);
                for (int c = 0; c < channels; c++) {
                    assertThat(heard[c]).isEqualTo(sound[stem * channels + c]);
                    for (int i = 0; i < frames; i++) {
                        sum[c][i] += heard[c][i];
                    }
                }
            }
            assertThat(read(path, 0, frames)).isDeepEqualTo(sum);
        }
    }

    @Test
    void lossyStemsAddUpToTheMixWithinTheCodecsOwnError() throws IOException {
        int frames = 40_001;
        PlannedFile file = Encoding.planned(Container.STEM_MP4, SampleEncoding.FLOAT32, 44_100, 2, frames);
        double[][] sound = mixAndStems(file);
        Path path = folder.resolve("it.stem.mp4");
        Encoding.write(path, file, sound, 480);
        double[][] mix = read(path, 0, frames);
        double[][] sum = new double[2][frames];
        double stemsError = 0.0;
        for (int stem = 1; stem <= 4; stem++) {
            double[][] heard = read(path, stem, frames);
            for (int c = 0; c < 2; c++) {
                assertThat(Encoding.shift(heard[c], sound[2 * stem + c])).isZero();
                for (int i = 0; i < frames; i++) {
                    sum[c][i] += heard[c][i];
                    double error = heard[c][i] - sound[2 * stem + c][i];
                    stemsError += error * error;
                }
            }
        }
        double sumError = 0.0;
        double mixError = 0.0;
        for (int c = 0; c < 2; c++) {
            assertThat(Encoding.shift(mix[c], sound[c])).isZero();
            assertThat(Encoding.shift(sum[c], mix[c])).isZero();
            for (int i = 0; i < frames; i++) {
                sumError += (sum[c][i] - sound[c][i]) * (sum[c][i] - sound[c][i]);
                mixError += (mix[c][i] - sound[c][i]) * (mix[c][i] - sound[c][i]);
            }
            assertThat(Encoding.errorDb(sum[c], mix[c])).isLessThan(-8.0);
        }
        // The errors of four streams are independent, so their powers add up; the mix alone is no better than they.
        assertThat(sumError).isLessThan(2.0 * stemsError);
        assertThat(sumError).isLessThan(2.0 * mixError);
    }

    private static double[][] read(Path path, int stream, int frames) throws IOException {
        DecodedFile decoded = Codecs.open(path, "it", stream);
        assertThat(decoded.frames()).isEqualTo(frames);
        double[][] heard = Encoding.read(decoded);
        assertThat(Encoding.found(decoded).warnings()).isEmpty();
        return heard;
    }

    @Test
    void theManifestIsAsTheFormatsToolsWriteIt() throws IOException {
        PlannedFile file = Encoding.planned(Container.STEM_MP4, SampleEncoding.PCM16, 44_100, 2, 5_000);
        Path path = folder.resolve("it.stem.mp4");
        Loudness loud = new Loudness(-9.0, 5.0, -0.5, -0.7, -6.0, -8.0, -20.0);
        Encoding.write(Codecs.encoder(null), path, file, mixAndStems(file), 480, Tags.NONE, loud);
        byte[] bytes = Files.readAllBytes(path);
        byte[] manifest = body(body(body(bytes, "moov"), "udta"), "stem");
        Object json = new Json(new String(manifest, StandardCharsets.UTF_8)).value();
        assertThat(json)
                .hasToString("{mastering_dsp={compressor={enabled=false, input_gain=0, output_gain=0, threshold=0,"
                        + " dry_wet=50, attack=0.003, release=0.3, ratio=3, hp_cutoff=300}, limiter={enabled=false,"
                        + " threshold=0, ceiling=-0.35, release=0.05}}, version=1, stems=[{color=#009E73, name=Drums},"
                        + " {color=#D55E00, name=Bass}, {color=#CC79A7, name=Other}, {color=#56B4E9, name=Vocals}]}");
    }

    @Test
    void namesAreQuotedAndBeginWithACapital() {
        List<String> names = List.of("élan \"x\"\\", "tab\there", "", "𐐨");
        Object json = new Json(new String(StemManifest.of(names), StandardCharsets.UTF_8)).value();
        assertThat(json.toString())
                .contains("name=Élan \"x\"\\}")
                .contains("name=Tab\there}")
                .contains("name=}")
                .contains("name=𐐀}");
    }

    @Test
    void onlyFourStemsMakeAFile() throws IOException {
        PlannedFile four = Encoding.planned(Container.STEM_MP4, SampleEncoding.PCM16, 44_100, 2, 100);
        PlannedFile three = new PlannedFile(
                four.id(),
                four.kind(),
                four.path(),
                four.format(),
                four.file(),
                four.frames(),
                0,
                false,
                List.of("a", "b", "c"));
        assertThatThrownBy(() -> Codecs.encoder(null).open(folder.resolve("it"), "it.stem.mp4", three, Tags.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("it.stem.mp4: a stem_mp4 holds four stems");
    }

    @Test
    void aStreamThatIsNotThereIsNamed() throws IOException {
        PlannedFile file = Encoding.planned(Container.STEM_MP4, SampleEncoding.PCM16, 44_100, 2, 100);
        Path path = folder.resolve("it.stem.mp4");
        Encoding.write(path, file, mixAndStems(file), 480);
        assertThatThrownBy(() -> Codecs.open(path, "it", 5))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("it: holds no stream 5 of audio");
        // Without a number it is the mix, and said so.
        DecodedFile mix = Codecs.open(path, "it");
        assertThat(Encoding.read(mix)).isDeepEqualTo(Encoding.read(Codecs.open(path, "it", 0)));
        assertThat(mix.warnings()).containsExactly("it: holds 5 streams of audio; one of them is read");
    }

    /** The body of the first box of a type. */
    private static byte[] body(byte[] boxes, String type) {
        ByteBuffer in = ByteBuffer.wrap(boxes);
        for (int at = 0; at < boxes.length; at += in.getInt(at)) {
            if (new String(boxes, at + 4, 4, StandardCharsets.ISO_8859_1).equals(type)) {
                return java.util.Arrays.copyOfRange(boxes, at + 8, at + in.getInt(at));
            }
        }
        throw new AssertionError("there is no box " + type);
    }
}
