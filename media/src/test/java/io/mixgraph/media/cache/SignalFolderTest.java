package io.mixgraph.media.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Speaker;
import io.mixgraph.render.SignalCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalFolderTest {
    private static final String DIGEST = CacheFolder.key("a signal");

    @TempDir
    Path place;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatIsKeptIsRecalledBitForBitFromAnywhere(long seed) throws IOException {
        CacheFolder folder = CacheFolder.at(place);
        SignalFolder signals = new SignalFolder(folder);
        RandomSignal signal = new RandomSignal(seed);
        assertThat(signals.has(DIGEST)).isFalse();
        assertThat(signals.open(DIGEST)).isNull();
        signal.keepIn(signals, DIGEST);
        assertThat(signals.has(DIGEST)).isTrue();
        assertThat(signals.keep(DIGEST, signal.format(), signal.frames())).isNull();
        try (SignalCache.Recalled recalled = Objects.requireNonNull(signals.open(DIGEST))) {
            assertThat(recalled.frames()).isEqualTo(signal.frames());
            assertThat(recalled.recordings()).isEqualTo(signal.findings());
            assertThat(recalled.recordings().keySet())
                    .containsExactlyElementsOf(signal.findings().keySet());
            signal.assertReadBy(recalled, 0);
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5; i++) {
            int first = random.nextInt(signal.frames() + 1);
            try (SignalReader reader = Objects.requireNonNull(signals.open(DIGEST, first, false))) {
                signal.assertReadBy(reader, first);
            }
        }
        assertThat(folder.troubles()).isEmpty();
        assertThat(place.resolve("tmp")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SignalFile.CHUNK_FRAMES - 1, SignalFile.CHUNK_FRAMES, SignalFile.CHUNK_FRAMES + 1})
    void lengthsAtTheEdgeOfAChunkAreExact(int frames) throws IOException {
        SignalFolder signals = new SignalFolder(CacheFolder.at(place));
        RandomSignal signal = new RandomSignal(frames, frames);
        signal.keepIn(signals, DIGEST);
        try (SignalCache.Recalled recalled = Objects.requireNonNull(signals.open(DIGEST))) {
            assertThat(recalled.frames()).isEqualTo(frames);
            signal.assertReadBy(recalled, 0);
        }
    }

    @Test
    void aLayoutOfAnyOrderIsKept() throws IOException {
        SignalFolder signals = new SignalFolder(CacheFolder.at(place));
        ChannelLayout odd = new ChannelLayout(List.of(Speaker.SIDE_RIGHT, Speaker.FRONT_LEFT, Speaker.FRONT_LEFT));
        keep(signals, new AudioFormat(44_100, odd), new double[3][10]);
        try (SignalCache.Recalled recalled = Objects.requireNonNull(signals.open(DIGEST))) {
            assertThat(recalled.format()).isEqualTo(new AudioFormat(44_100, odd));
        }
    }

    @Test
    void silenceTakesNoSpaceButZerosWithAMinusAreThere() throws IOException {
        AudioFormat format = new AudioFormat(48_000, ChannelLayout.STEREO);
        SignalFolder signals = new SignalFolder(CacheFolder.at(place));
        double[][] silence = new double[2][1_000_000];
        keep(signals, format, silence);
        assertThat(Files.size(file())).isLessThan(1_000);
        Files.delete(file());
        silence[1][654_321] = -0.0;
        keep(signals, format, silence);
        assertThat(Files.size(file())).isBetween(100_000L, 200_000L);
        try (SignalCache.Recalled recalled = Objects.requireNonNull(signals.open(DIGEST))) {
            AudioBlock block = new AudioBlock(2, 1_000_000);
            Arrays.fill(block.channel(0), 1);
            recalled.read(block, 1_000_000);
            assertThat(block.channel(0)).containsOnly(0.0);
            assertThat(1 / block.channel(1)[654_320]).isPositive();
            assertThat(1 / block.channel(1)[654_321]).isNegative();
        }
    }

    @Test
    void samplesThatAreNoFloatsAreNotKept() throws IOException {
        AudioFormat format = new AudioFormat(48_000, ChannelLayout.MONO);
        for (double sample : new double[] {0.1, 1e-60, 1e300, Math.nextUp(1.0)}) {
            CacheFolder folder = CacheFolder.at(place);
            double[] samples = new double[100_000];
            samples[70_000] = sample;
            keep(new SignalFolder(folder), format, samples);
            assertThat(new SignalFolder(folder).has(DIGEST)).isFalse();
            assertThat(place.resolve("tmp")).isEmptyDirectory();
            assertThat(folder.troubles())
                    .containsExactly("cache " + place + ": a signal is finer than 32-bit floats and was not kept;"
                            + " please report it");
        }
    }

    @Test
    void whatIsNotWholeIsNotKept() throws IOException {
        AudioFormat format = new AudioFormat(48_000, ChannelLayout.MONO);
        SignalFolder signals = new SignalFolder(CacheFolder.at(place));
        AudioBlock block = new AudioBlock(1, 100);
        for (int frames : new int[] {99, 101}) {
            try (SignalCache.Keeping other = Objects.requireNonNull(signals.keep(DIGEST, format, frames))) {
                other.write(block, 100);
                other.whole(Map.of());
            }
            assertThat(signals.has(DIGEST)).isFalse();
        }
        SignalCache.Keeping interrupted = Objects.requireNonNull(signals.keep(DIGEST, format, 100));
        interrupted.write(block, 100);
        interrupted.close();
        interrupted.close();
        assertThat(signals.has(DIGEST)).isFalse();
        assertThat(place.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void twoKeepersOfOneSignalKeepItOnce() throws IOException {
        SignalFolder signals = new SignalFolder(CacheFolder.at(place));
        RandomSignal signal = new RandomSignal(77, 50_000);
        SignalCache.Keeping one = Objects.requireNonNull(signals.keep(DIGEST, signal.format(), 50_000));
        SignalCache.Keeping other = Objects.requireNonNull(signals.keep(DIGEST, signal.format(), 50_000));
        signal.writeTo(one);
        signal.writeTo(other);
        one.whole(signal.findings());
        other.whole(signal.findings());
        one.close();
        try (SignalCache.Recalled before = Objects.requireNonNull(signals.open(DIGEST))) {
            other.close();
            signal.assertReadBy(before, 0);
        }
        try (SignalCache.Recalled after = Objects.requireNonNull(signals.open(DIGEST))) {
            signal.assertReadBy(after, 0);
        }
        assertThat(files()).containsExactly(file());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsDamagedAnywhereIsAbsentAndMadeAgain(long seed) throws IOException {
        RandomSignal signal = new RandomSignal(seed, 60_000);
        new RandomSignal(seed, 60_000).keepIn(new SignalFolder(CacheFolder.at(place)), DIGEST);
        byte[] whole = Files.readAllBytes(file());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = damaged(whole, i % 5, random);
            if (Arrays.equals(damaged, whole)) {
                continue;
            }
            Files.write(file(), damaged);
            CacheFolder folder = CacheFolder.at(place);
            SignalFolder signals = new SignalFolder(folder);
            assertThat(signals.open(DIGEST)).as("damage %d", i).isNull();
            assertThat(file()).doesNotExist();
            assertThat(signals.open(DIGEST)).isNull();
            assertThat(folder.troubles())
                    .containsExactly(
                            "cache " + place + ": something in it was damaged; it was deleted and is made again");
        }
        SignalFolder signals = new SignalFolder(CacheFolder.at(place));
        signal.keepIn(signals, DIGEST);
        assertThat(file()).hasBinaryContent(whole);
    }

    /** Half of all damage is near the ends, where it matters what numbers become. */
    private static byte[] damaged(byte[] whole, int kind, SplittableRandom random) {
        int near = random.nextInt(Math.min(200, whole.length));
        int at = random.nextBoolean()
                ? random.nextInt(whole.length)
                : random.nextBoolean() ? near : whole.length - 1 - near;
        byte[] bytes = whole.clone();
        switch (kind) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> bytes = Arrays.copyOf(whole, at);
            case 3 -> bytes = Arrays.copyOf(whole, whole.length + 1 + random.nextInt(5_000));
            default -> Arrays.fill(bytes, at, Math.min(whole.length, at + 4_096), (byte) 0);
        }
        return bytes;
    }

    @Test
    void aFileThatIsNoSignalAtAllIsAbsent() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            Files.createDirectories(Objects.requireNonNull(file().getParent()));
            Files.write(file(), bytes);
            assertThat(new SignalFolder(CacheFolder.at(place)).open(DIGEST)).isNull();
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void damageThatComesWhileItIsReadIsAnErrorAndNeverSound() throws IOException {
        SignalFolder signals = new SignalFolder(CacheFolder.at(place));
        AudioFormat format = new AudioFormat(48_000, ChannelLayout.STEREO);
        double[][] samples = new double[2][400_000];
        Arrays.fill(samples[1], 0.5);
        keep(signals, format, samples);
        try (SignalCache.Recalled recalled = Objects.requireNonNull(signals.open(DIGEST))) {
            byte[] bytes = Files.readAllBytes(file());
            bytes[bytes.length - 100_000] ^= 1;
            Files.write(file(), bytes);
            AudioBlock block = new AudioBlock(2, 400_000);
            assertThatThrownBy(() -> recalled.read(block, 400_000))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file() + ": frame ")
                    .hasMessageEndingWith(": is damaged; render again, and it is made anew");
        }
    }

    @Test
    void withoutAFolderNothingIsThere() {
        CacheFolder none = CacheFolder.none();
        SignalFolder signals = new SignalFolder(none);
        assertThat(signals.has(DIGEST)).isFalse();
        assertThat(signals.open(DIGEST)).isNull();
        assertThat(signals.keep(DIGEST, new AudioFormat(48_000, ChannelLayout.MONO), 1))
                .isNull();
        assertThat(none.troubles()).isEmpty();
    }

    @Test
    void aDigestThatIsNoneIsRefused() {
        SignalFolder signals = new SignalFolder(CacheFolder.at(place));
        AudioFormat format = new AudioFormat(48_000, ChannelLayout.MONO);
        for (String digest : List.of("", "..", "../../../../etc/passwd", DIGEST.toUpperCase(Locale.ROOT))) {
            assertThatThrownBy(() -> signals.has(digest)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> signals.open(digest)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> signals.keep(digest, format, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void keep(SignalFolder signals, AudioFormat format, double[]... samples) throws IOException {
        int frames = samples[0].length;
        AudioBlock block = new AudioBlock(samples.length, frames);
        for (int c = 0; c < samples.length; c++) {
            System.arraycopy(samples[c], 0, block.channel(c), 0, frames);
        }
        try (SignalCache.Keeping keeping = Objects.requireNonNull(signals.keep(DIGEST, format, frames))) {
            keeping.write(block, frames);
            keeping.whole(Map.of());
        }
    }

    private Path file() {
        return place.resolve("signals").resolve(DIGEST.substring(0, 2)).resolve(DIGEST.substring(2));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(place)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
