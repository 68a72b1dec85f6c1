package io.mixgraph.media.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.media.cache.CacheFolder.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedRecordingsTest {
    private static final AudioSource.Backend BACKEND = new AudioSource.Backend("fake", "1.2");

    @TempDir
    Path place;

    private Path file = Path.of("");
    private final RandomSignal signal = new RandomSignal(11, 70_000);
    private List<String> warnings = List.of();
    private List<String> damage = List.of();
    private AudioSource.@Nullable Backend backend = BACKEND;
    /** How often the decoder was loaded, and from which frames it decoded. */
    private int opened;

    private final List<Long> decoded = new ArrayList<>();

    @BeforeEach
    void aFile() throws IOException {
        file = Files.writeString(place.resolve("a.mp3"), "compressed");
    }

    @Test
    void whatWasDecodedOnceIsReadWithoutTheDecoder() throws IOException {
        warnings = List.of("a.mp3: holds 2 streams of audio; one of them is read");
        AudioSource first = recordings().open(file, "a.mp3", this::real);
        readAll(first);
        assertThat(decoded).containsExactly(0L);

        AudioSource later = recordings().open(file, "a.mp3", this::real);
        assertThat(later.name()).isEqualTo("a.mp3");
        assertThat(later.format()).isEqualTo(signal.format());
        assertThat(later.frames()).isEqualTo(70_000);
        assertThat(later.backend()).isEqualTo(BACKEND);
        assertThat(later.warnings()).isEqualTo(warnings);
        assertThat(later.digest()).isEqualTo(new FileDigests(CacheFolder.none()).of(file));
        assertThat(later.original()).isSameAs(later);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10; i++) {
            int from = i == 0 ? 0 : random.nextInt(70_001);
            try (FrameSource stream = later.open(from)) {
                signal.assertReadBy(stream, from);
            }
        }
        readAll(later);
        assertThat(opened).isEqualTo(1);
        assertThat(decoded).containsExactly(0L);
    }

    @Test
    void findingsAreThoseOfTheDecoder() throws IOException {
        AudioSource source = recordings().open(file, "a.mp3", this::real);
        AudioBlock block = new AudioBlock(signal.format().channels(), 70_000);
        for (int time = 0; time < 2; time++) {
            try (FrameSource stream = source.open(0)) {
                assertThat(stream.read(block, 69_999)).isEqualTo(69_999);
                assertThat(stream.findings()).isEqualTo(Findings.NONE);
                assertThat(stream.read(block, 1)).isEqualTo(1);
                assertThat(stream.findings()).isEqualTo(new Findings("all of it", List.of()));
            }
        }
        for (int from : new int[] {30_000, 70_000}) {
            try (FrameSource stream = source.open(from)) {
                assertThat(stream.findings()).isEqualTo(Findings.NONE);
                stream.read(block, 70_000);
                assertThat(stream.findings()).isEqualTo(new Findings("all of it", List.of()));
            }
        }
        assertThat(decoded).containsExactly(0L);
    }

    @Test
    void whatIsNotReadToItsEndIsDecodedAgain() throws IOException {
        AudioSource source = recordings().open(file, "a.mp3", this::real);
        AudioBlock block = new AudioBlock(signal.format().channels(), 70_000);
        try (FrameSource stream = source.open(0)) {
            stream.read(block, 69_999);
        }
        try (FrameSource stream = source.open(10)) {
            stream.read(block, 69_990);
        }
        readAll(source);
        readAll(source);
        assertThat(decoded).containsExactly(0L, 10L, 0L);
    }

    @Test
    void twoStreamsAtOnceKeepItOnce() throws IOException {
        AudioSource source = recordings().open(file, "a.mp3", this::real);
        try (FrameSource one = source.open(0);
                FrameSource other = source.open(0)) {
            signal.assertReadBy(other, 0);
            signal.assertReadBy(one, 0);
        }
        readAll(source);
        assertThat(decoded).containsExactly(0L, 0L);
    }

    @Test
    void oneThatIsFoundDamagedIsDecodedEveryTime() throws IOException {
        damage = List.of("a.mp3: damaged, 1 packet, at frame 7; what could not be decoded is silent");
        for (int time = 0; time < 2; time++) {
            AudioSource source = recordings().open(file, "a.mp3", this::real);
            try (FrameSource stream = source.open(0)) {
                signal.assertReadBy(stream, 0);
                assertThat(stream.findings().warnings()).isEqualTo(damage);
            }
        }
        assertThat(decoded).containsExactly(0L, 0L);
    }

    @Test
    void samplesFinerThanFloatsAreDecodedEveryTimeWithoutTrouble() throws IOException {
        signal.samples()[0][12_345] = 0.1;
        CacheFolder cache = CacheFolder.at(place.resolve("cache"));
        for (int time = 0; time < 2; time++) {
            readAll(new DecodedRecordings(cache, new FileDigests(cache), "build").open(file, "a.mp3", this::real));
        }
        assertThat(decoded).containsExactly(0L, 0L);
        assertThat(cache.troubles()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsDamagedInTheCacheIsDecodedFromThereOnAndMadeAgain(long seed) throws IOException {
        readAll(recordings().open(file, "a.mp3", this::real));
        Path kept = largest();
        byte[] whole = Files.readAllBytes(kept);
        byte[] bytes = whole.clone();
        bytes[new SplittableRandom(seed).nextInt(bytes.length)] ^= 16;
        Files.write(kept, bytes);
        AudioSource source = recordings().open(file, "a.mp3", this::real);
        readAll(source);
        assertThat(kept)
                .satisfiesAnyOf(
                        k -> assertThat(k).doesNotExist(), k -> assertThat(k).hasBinaryContent(whole));
        readAll(source);
        assertThat(kept).hasBinaryContent(whole);
        readAll(source);
        assertThat(decoded).hasSizeBetween(2, 3);
    }

    @Test
    void anotherDecoderNameOrStreamIsNotServedFromIt() throws IOException {
        readAll(recordings().open(file, "a.mp3", this::real));
        CacheFolder cache = CacheFolder.at(place.resolve("cache"));
        FileDigests digests = new FileDigests(cache);
        readAll(new DecodedRecordings(cache, digests, "another build").open(file, "a.mp3", this::real));
        assertThat(decoded).hasSize(2);
        readAll(new DecodedRecordings(cache, digests, "build").open(file, "a.mp3", 0, this::real));
        assertThat(decoded).hasSize(3);
        readAll(new DecodedRecordings(cache, digests, "build").open(file, "a.mp3", 1, this::real));
        assertThat(decoded).hasSize(4);
        // Samples have no name, warnings have.
        warnings = List.of("b.mp3: something");
        AudioSource renamed = recordings().open(file, "b.mp3", this::real);
        readAll(renamed);
        assertThat(renamed.name()).isEqualTo("b.mp3");
        assertThat(renamed.warnings()).isEqualTo(warnings);
        assertThat(decoded).hasSize(4);
        assertThatThrownBy(() -> recordings().open(file, "a.mp3", -1, this::real))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChangedFileIsDecodedAnew() throws IOException {
        readAll(recordings().open(file, "a.mp3", this::real));
        Files.writeString(file, "COMPRESSED");
        readAll(recordings().open(file, "a.mp3", this::real));
        assertThat(decoded).containsExactly(0L, 0L);
        Files.writeString(file, "compressed");
        readAll(recordings().open(file, "a.mp3", this::real));
        assertThat(decoded).containsExactly(0L, 0L);
    }

    @Test
    void whatWasReadWhileTheFileChangedIsAnErrorAndNotKept() throws IOException {
        for (AudioSource.Backend each : new AudioSource.Backend[] {BACKEND, null}) {
            backend = each;
            Files.writeString(file, "before " + each);
            AudioSource source = recordings().open(file, "a.mp3", this::real);
            FrameSource stream = source.open(0);
            signal.assertReadBy(stream, 0);
            Files.writeString(file, "after");
            assertThatThrownBy(stream::close)
                    .isInstanceOf(IOException.class)
                    .hasMessage("a.mp3: was changed while it was in use; try again when it is whole");
            stream.close();
            assertThat(place.resolve("cache/tmp")).isEmptyDirectory();
        }
        Files.writeString(file, "before " + BACKEND);
        decoded.clear();
        backend = BACKEND;
        readAll(recordings().open(file, "a.mp3", this::real));
        assertThat(decoded).containsExactly(0L);
    }

    @Test
    void aFileThatIsOnlyTouchedMayBeReadOn() throws IOException {
        backend = null;
        AudioSource source = recordings().open(file, "a.mp3", this::real);
        try (FrameSource stream = source.open(0)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            signal.assertReadBy(stream, 0);
        }
    }

    @Test
    void aFileThatChangesWhileItIsOpenedIsAnError() throws IOException {
        assertThatThrownBy(() -> recordings().open(file, "a.mp3", name -> {
                    Files.writeString(file, "another");
                    return real(name);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("a.mp3: was changed while it was in use; try again when it is whole");
    }

    @Test
    void aRecordingWithoutAnOutsideDecoderHasItsDigestAndIsNotKept() throws IOException {
        backend = null;
        CacheFolder cache = CacheFolder.at(place.resolve("cache"));
        AudioSource source = recordings().open(file, "a.wav", this::real);
        readAll(source);
        readAll(source);
        assertThat(source.digest()).isEqualTo(new FileDigests(CacheFolder.none()).of(file));
        assertThat(source.backend()).isNull();
        assertThat(decoded).hasSize(2);
        assertThat(cache.size().get(Kind.DECODED)).isEqualTo(CacheFolder.Amount.NONE);
    }

    @Test
    void withoutACacheEverythingIsDecodedEveryTime() throws IOException {
        CacheFolder none = CacheFolder.none();
        AudioSource source =
                new DecodedRecordings(none, new FileDigests(none), "build").open(file, "a.mp3", this::real);
        readAll(source);
        readAll(source);
        assertThat(decoded).containsExactly(0L, 0L);
    }

    @Test
    void aFrameThatIsNotThereIsRefused() throws IOException {
        AudioSource source = recordings().open(file, "a.mp3", this::real);
        assertThatThrownBy(() -> source.open(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> source.open(70_001)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void factsThatMakeNoSenseAreNone() {
        String right = new RecordingFacts(signal.format(), 7, BACKEND, List.of("a\nb")).text();
        assertThat(Objects.requireNonNull(RecordingFacts.read(right)).text()).isEqualTo(right);
        for (String word : List.of("rate", "frames", "speaker")) {
            assertThat(RecordingFacts.read(right.replace(word, "other")))
                    .as(word)
                    .isNull();
        }
        assertThat(RecordingFacts.read(right.replace("speaker ", "speaker NEW_")))
                .isNull();
        assertThat(RecordingFacts.read("no lines")).isNull();
        assertThat(RecordingFacts.read(null)).isNull();
    }

    private DecodedRecordings recordings() {
        CacheFolder cache = CacheFolder.at(place.resolve("cache"));
        return new DecodedRecordings(cache, new FileDigests(cache), "build");
    }

    private void readAll(AudioSource source) throws IOException {
        try (FrameSource stream = source.open(0)) {
            signal.assertReadBy(stream, 0);
        }
    }

    private Path largest() throws IOException {
        try (Stream<Path> walk = Files.walk(place.resolve("cache/decoded"))) {
            return walk.filter(Files::isRegularFile)
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    private AudioSource real(String name) {
        opened++;
        return new Fake(name);
    }

    /** Decodes the signal. */
    private final class Fake implements AudioSource {
        private final String name;

        Fake(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public AudioFormat format() {
            return signal.format();
        }

        @Override
        public long frames() {
            return signal.frames();
        }

        @Override
        public List<String> warnings() {
            return warnings;
        }

        @Override
        public @Nullable Backend backend() {
            return backend;
        }

        @Override
        public FrameSource open(long firstFrame) {
            decoded.add(firstFrame);
            return new FrameSource() {
                private int next = (int) firstFrame;

                @Override
                public AudioFormat format() {
                    return signal.format();
                }

                @Override
                public int read(AudioBlock block, int frames) {
                    int count = Math.min(frames, signal.frames() - next);
                    for (int c = 0; c < block.channels(); c++) {
                        System.arraycopy(signal.samples()[c], next, block.channel(c), 0, count);
                    }
                    next += count;
                    return count;
                }

                @Override
                public Findings findings() {
                    return next < signal.frames() ? Findings.NONE : new Findings("all of it", damage);
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }
    }
}
