package io.mixgraph.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedFileTest {
    private static final List<String> ALL = List.of(
            "tone.flac",
            "tone24.flac",
            "tone.aiff",
            "alac.m4a",
            "flac.oga",
            "tone.mp3",
            "untold.mp3",
            "tone.m4a",
            "untold.aac",
            "tone.ogg",
            "tone.opus",
            "six.flac");

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"tone.flac", "tone24.flac", "tone.aiff", "alac.m4a", "flac.oga"})
    void losslessFilesHoldExactlyWhatWentIn(String file) throws IOException {
        DecodedFile source = open(file);
        assertThat(source.format().sampleRate()).isEqualTo(Synthetic.RATE);
        assertThat(source.format().layout()).isEqualTo(ChannelLayout.STEREO);
        assertThat(source.frames()).isEqualTo(Synthetic.FRAMES);
        double[][] samples = read(source, 0, 700);
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < Synthetic.FRAMES; i++) {
                assertThat(samples[c][i] * 32768.0).isEqualTo(Synthetic.sample(c, i));
            }
        }
        assertThat(source.warnings()).isEmpty();
        assertThat(Encoding.found(source).warnings()).isEmpty();
    }

    /** As where all that is before a late clip is decoded, which may take long. */
    @ParameterizedTest
    @ValueSource(strings = {"tone.flac", "untold.aac"})
    void decodingStopsWhenItsThreadIsInterrupted(String file) throws IOException {
        AudioBlock block = new AudioBlock(2, Synthetic.FRAMES);
        try (FrameSource stream = open(file).open(0)) {
            assertThat(stream.read(block, 10)).isEqualTo(10);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> stream.read(block, Synthetic.FRAMES)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tone.mp3, 5003, 0, 0.01",
        // FFmpeg's own AAC encoder is coarse with so steep a sweep.
        "tone.m4a, 5003, 0, 0.1",
        "tone.ogg, 5003, 0, 0.01",
        "tone.opus, 5446, 0, 0.01",
        // Without a container that tells it, the encoder's delay stays: 576 + 529 frames of LAME, 1024 of AAC.
        "untold.mp3, 6912, 1105, 0.01",
        "untold.aac, 6144, 1024, 0.1"
    })
    void lossyFilesLineUpToTheFrame(String file, int frames, int delay, double tolerance) throws IOException {
        DecodedFile source = open(file);
        assertThat(source.frames()).isEqualTo(frames);
        double[][] samples = read(source, 0, 700);
        assertThat(samples[0]).hasSize(frames);
        assertThat(source.warnings()).isEmpty();
        assertThat(Encoding.found(source).warnings()).isEmpty();
        int rate = source.format().sampleRate();
        for (int c = 0; c < 2; c++) {
            double[] original = original(c, rate);
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int shift = -1300; shift <= 1300; shift++) {
                double product = product(samples[c], original, shift);
                if (product > most) {
                    most = product;
                    best = shift;
                }
            }
            assertThat(best).as("shift of channel %d", c).isEqualTo(delay);
            double error = 0.0;
            double power = 0.0;
            // The very ends ring: the sound begins and stops at full strength.
            for (int i = 100; i < original.length - 400; i++) {
                double difference = samples[c][i + delay] - original[i];
                error += difference * difference;
                power += original[i] * original[i];
            }
            assertThat(error / power).as("error of channel %d", c).isLessThan(tolerance);
        }
    }

    @Test
    void everyEncodingOfSamplesIsFullScaleAtOne() throws IOException {
        double[] values = {0.0, 0.5, -0.5, -1.0, 0.25, -0.125};
        for (int bits : new int[] {8, 16, 24, 32}) {
            ByteBuffer data = ByteBuffer.allocate(values.length * bits / 8);
            for (double value : values) {
                long sample = (long) StrictMath.rint(value * StrictMath.pow(2, bits - 1));
                for (int shift = bits - 8; shift >= 0; shift -= 8) {
                    data.put((byte) (sample >> shift));
                }
            }
            DecodedFile source = Codecs.open(aiff("NONE", bits, data.array()), "mono");
            assertThat(source.format().layout()).isEqualTo(ChannelLayout.MONO);
            assertThat(read(source, 0, 4)[0]).as("%d bits", bits).isEqualTo(values);
        }
        assertThat(read(Codecs.open(aiff("fl64", 64, doubles(values)), "float"), 0, 4)[0])
                .isEqualTo(values);
        assertThat(read(Codecs.open(aiff("fl32", 32, floats(0.1f, -3.5f, 1e-30f)), "float"), 0, 4)[0])
                .containsExactly(0.1f, -3.5f, 1e-30f);
    }

    @Test
    void whatIsNoNumberIsAnErrorThatNamesFileAndFrame() throws IOException {
        DecodedFile nan = Codecs.open(aiff("fl32", 32, floats(0f, 0f, Float.NaN, 0f)), "vox.aiff");
        assertThatThrownBy(() -> read(nan, 0, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("vox.aiff: frame 2 is not a number");
        DecodedFile infinite = Codecs.open(aiff("fl32", 32, floats(0f, Float.NEGATIVE_INFINITY)), "vox.aiff");
        assertThatThrownBy(() -> read(infinite, 0, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("vox.aiff: frame 1 is infinite");
    }

    @Test
    void channelsKeepTheirPlaces() throws IOException {
        DecodedFile source = open("six.flac");
        assertThat(source.format().layout()).isEqualTo(ChannelLayout.ofMask(0x3F, 6));
        double[][] samples = read(source, 0, 100);
        for (int c = 0; c < 6; c++) {
            for (int i = 0; i < 882; i++) {
                double expected = 0.1 * (c + 1) * Synthetic.sample(0, i) / 32768.0;
                assertThat(Math.abs(samples[c][i] - expected)).isLessThan(1.0 / 32768.0);
            }
        }
    }

    @Test
    void openingAnywhereGivesTheSameSamples() throws IOException {
        Random random = new Random(3);
        for (String file : ALL) {
            DecodedFile source = open(file);
            double[][] whole = read(source, 0, 4096);
            for (int trial = 0; trial < 6; trial++) {
                int first = trial == 0 ? (int) source.frames() : random.nextInt((int) source.frames());
                double[][] part = read(source, first, 1 + random.nextInt(600));
                for (int c = 0; c < part.length; c++) {
                    assertThat(part[c])
                            .as("%s from %d", file, first)
                            .isEqualTo(Arrays.copyOfRange(whole[c], first, whole[c].length));
                }
            }
        }
    }

    @Test
    void theDigestIsThatOfTheRawSamples() throws Exception {
        DecodedFile source = open("tone.flac");
        try (FrameSource stream = source.open(0)) {
            assertThat(stream.findings()).isEqualTo(Findings.NONE);
            stream.read(new AudioBlock(2, 10), 10);
            assertThat(stream.findings()).as("read in part").isEqualTo(Findings.NONE);
        }
        ByteBuffer raw = ByteBuffer.allocate(Synthetic.FRAMES * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < Synthetic.FRAMES; i++) {
            raw.putShort(Synthetic.sample(0, i)).putShort(Synthetic.sample(1, i));
        }
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(raw.array());
        assertThat(Encoding.found(source).decodedSha256())
                .isEqualTo(HexFormat.of().formatHex(expected));
    }

    @Test
    void manyStreamsOnManyThreadsDecodeTheSame() throws Exception {
        List<String> expected = new ArrayList<>();
        for (String file : ALL) {
            expected.add(digest(file));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> digests = new ArrayList<>();
            for (int i = 0; i < 8 * ALL.size(); i++) {
                String file = ALL.get(i % ALL.size());
                digests.add(threads.submit(() -> digest(file)));
            }
            for (int i = 0; i < digests.size(); i++) {
                assertThat(digests.get(i).get()).isEqualTo(expected.get(i % ALL.size()));
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @CsvSource({"tone.flac, 400", "tone.mp3, 1000", "tone.m4a, 400", "alac.m4a, 400", "tone.aiff, 400"})
    void whatATruncatedFileDeclaredIsFilledWithSilenceAndSaid(String file, int lost) throws IOException {
        byte[] bytes = bytes(file);
        // An MP4 keeps its table at the end: move it to the front, as a file that was cut in a download has it.
        byte[] whole = file.endsWith("m4a") ? tableFirst(bytes) : bytes;
        Path cut = write(file, Arrays.copyOf(whole, whole.length - lost));
        DecodedFile source = Codecs.open(cut, "cut");
        double[][] samples = read(source, 0, 512);
        assertThat(samples[0]).hasSize((int) source.frames());
        assertThat(Encoding.found(source).warningsOf("cut"))
                .anySatisfy(warning -> assertThat(warning)
                        .matches("cut: (ends at frame \\d+ of " + source.frames() + "|damaged, .* frame \\d+).*"));
        double[] intact = read(open(file), 0, 512)[0];
        assertThat(Arrays.copyOf(samples[0], 500)).isEqualTo(Arrays.copyOf(intact, 500));
    }

    @Test
    void aDamagedFlacFrameIsSilentAndTheRestKeepsItsPlace() throws IOException {
        byte[] bytes = bytes("short.flac");
        int middle = bytes.length - 4_500;
        for (int at = middle; at < middle + 40; at++) {
            bytes[at] ^= 0x55;
        }
        DecodedFile source = Codecs.open(write("damaged.flac", bytes), "damaged.flac");
        double[] samples = read(source, 0, 512)[0];
        assertThat(samples).hasSize(Synthetic.FRAMES);
        assertThat(Encoding.found(source).warnings()).singleElement().asString().startsWith("damaged, ");
        int changed = 0;
        for (int i = 0; i < Synthetic.FRAMES; i++) {
            if (samples[i] * 32768.0 != Synthetic.sample(0, i)) {
                assertThat(samples[i]).isZero();
                changed++;
            }
        }
        assertThat(changed).isBetween(500, 1024);
    }

    @Test
    void noMutationDoesMoreThanFailOrWarn() throws IOException {
        Random random = new Random(11);
        for (String file : ALL) {
            for (int trial = 0; trial < 15; trial++) {
                byte[] bytes = bytes(file);
                if (trial % 5 == 0) {
                    bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                }
                for (int flip = 0; flip < trial % 5 && bytes.length > 0; flip++) {
                    // Behind the headers: what they say decides how much is allocated.
                    int at = bytes.length / 3 + random.nextInt(bytes.length * 2 / 3);
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                }
                Path path = write("mutant", bytes);
                try {
                    DecodedFile source = Codecs.open(path, "mutant");
                    double[][] samples = read(source, 0, 512);
                    assertThat(samples[0]).hasSize((int) source.frames());
                } catch (IOException e) {
                    assertThat(e).hasMessageStartingWith("mutant: ");
                }
            }
        }
    }

    @Test
    void aFileThatIsNoneOfTheseIsAnErrorThatSaysWhatToDo() throws IOException {
        byte[] noise = new byte[5_000];
        new Random(1).nextBytes(noise);
        byte[] wav = "RIFF\0\0\0\0WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1);
        byte[] list =
                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n".getBytes(StandardCharsets.UTF_8);
        byte[] text = "not audio at all".getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : List.of(new byte[0], text, noise, Arrays.copyOf(wav, 2_000), list)) {
            Path path = write("x.mp3", bytes);
            assertThatThrownBy(() -> Codecs.open(path, "songs/x.mp3"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("songs/x.mp3: ")
                    .hasMessageContaining("convert it to WAV or FLAC");
        }
        assertThatThrownBy(() -> Codecs.open(folder.resolve("none.flac"), "none.flac"))
                .isInstanceOf(IOException.class)
                .hasMessage("none.flac: there is no such file");
        assertThatThrownBy(() -> Codecs.open(folder, "folder"))
                .isInstanceOf(IOException.class)
                .hasMessage("folder: is not a file");
    }

    @Test
    void theContentDecidesNotTheName() throws IOException {
        assertThat(Codecs.open(write("concat:weird?%d name.mp3", bytes("tone.flac")), "x")
                        .frames())
                .isEqualTo(Synthetic.FRAMES);
    }

    @Test
    void decodingUsesNoProcessorExtensions() throws IOException {
        assertThat(Codecs.version()).startsWith("8.");
        assertThat(avutil.av_get_cpu_flags()).isZero();
    }

    private static DecodedFile open(String file) throws IOException {
        try {
            Path path = Path.of(Objects.requireNonNull(DecodedFileTest.class.getResource(file))
                    .toURI());
            return Codecs.open(path, file);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String digest(String file) throws IOException {
        return Objects.requireNonNull(Encoding.found(open(file)).decodedSha256());
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(DecodedFileTest.class.getResourceAsStream(file))) {
            return in.readAllBytes();
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static double[][] read(DecodedFile source, long first, int blockFrames) throws IOException {
        int channels = source.format().channels();
        double[][] all = new double[channels][(int) (source.frames() - first)];
        AudioBlock block = new AudioBlock(channels, blockFrames);
        int done = 0;
        try (FrameSource stream = source.open(first)) {
            for (int count = stream.read(block, blockFrames); count > 0; count = stream.read(block, blockFrames)) {
                for (int c = 0; c < channels; c++) {
                    System.arraycopy(block.channel(c), 0, all[c], done, count);
                }
                done += count;
            }
        }
        assertThat(done).isEqualTo(all[0].length);
        return all;
    }

    /** The sound at a rate of 44100, or at another by cubic interpolation, which is good enough below 8 kHz. */
    private static double[] original(int channel, int rate) {
        double[] samples = new double[(int) ((long) Synthetic.FRAMES * rate / Synthetic.RATE) - 2];
        for (int i = 0; i < samples.length; i++) {
            double position = (double) i * Synthetic.RATE / rate;
            int at = (int) position;
            double t = position - at;
            double a = at == 0 ? 0.0 : Synthetic.sample(channel, at - 1);
            double b = Synthetic.sample(channel, at);
            double c = Synthetic.sample(channel, at + 1);
            double d = Synthetic.sample(channel, at + 2);
            // Catmull and Rom.
            samples[i] = (b + t * ((c - a) / 2 + t * (a - 2.5 * b + 2 * c - d / 2 + t * ((d - a) / 2 + 1.5 * (b - c)))))
                    / 32768.0;
        }
        return samples;
    }

    private static double product(double[] samples, double[] original, int shift) {
        double sum = 0.0;
        for (int i = Math.max(0, -shift); i < original.length && i + shift < samples.length; i++) {
            sum += samples[i + shift] * original[i];
        }
        return sum;
    }

    private static byte[] doubles(double... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length);
        for (double value : values) {
            data.putDouble(value);
        }
        return data.array();
    }

    private static byte[] floats(float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length);
        for (float value : values) {
            data.putFloat(value);
        }
        return data.array();
    }

    /** A mono AIFF-C file at 44.1 kHz by Apple's specification of 1991. */
    private Path aiff(String compression, int bits, byte[] data) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(1_000);
        out.put(ascii("FORM")).putInt(0).put(ascii("AIFC"));
        out.put(ascii("FVER")).putInt(4).putInt(0xA2805140);
        out.put(ascii("COMM"))
                .putInt(24)
                .putShort((short) 1)
                .putInt(data.length * 8 / bits)
                .putShort((short) bits);
        out.putShort((short) 0x400E).putLong(0xAC44L << 48);
        out.put(ascii(compression)).putShort((short) 0);
        out.put(ascii("SSND")).putInt(8 + data.length).putLong(0).put(data);
        out.put(new byte[data.length & 1]);
        out.putInt(4, out.position() - 8);
        return write(compression + bits + Arrays.hashCode(data) + ".aiff", Arrays.copyOf(out.array(), out.position()));
    }

    /** Moves the moov box of an MP4 before its mdat, correcting the one table of positions. */
    private static byte[] tableFirst(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int moov = 0;
        int data = 0;
        for (int at = 0; at < file.length; at += in.getInt(at)) {
            String kind = new String(file, at + 4, 4, StandardCharsets.US_ASCII);
            moov = kind.equals("moov") ? at : moov;
            data = kind.equals("mdat") ? at : data;
        }
        int size = in.getInt(moov);
        ByteBuffer out = ByteBuffer.allocate(file.length);
        out.put(file, 0, data).put(file, moov, size).put(file, data, moov - data);
        out.put(file, moov + size, file.length - moov - size);
        byte[] moved = out.array();
        for (int at = data; at < data + size - 4; at++) {
            if (new String(moved, at, 4, StandardCharsets.US_ASCII).equals("stco")) {
                int entries = out.getInt(at + 8);
                for (int entry = 0; entry < entries; entry++) {
                    int position = at + 12 + 4 * entry;
                    out.putInt(position, out.getInt(position) + size);
                }
            }
        }
        return moved;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
