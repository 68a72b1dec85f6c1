package io.mixgraph.media.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.mixgraph.media.cache.CacheFolder.Amount;
import io.mixgraph.media.cache.CacheFolder.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final String KEY = CacheFolder.key("an entry");

    @TempDir
    Path place;

    @Test
    void aTextIsKeptUnderItsKindAndKey() {
        CacheFolder folder = CacheFolder.at(place.resolve("cache"));
        for (String text : List.of("", "\n", "a\nb\n", "ü€😀\r\n\0")) {
            folder.keep(Kind.RENDERS, KEY, text);
            assertThat(folder.text(Kind.RENDERS, KEY)).isEqualTo(text);
            assertThat(folder.text(Kind.DIGESTS, KEY)).isNull();
            assertThat(folder.text(Kind.RENDERS, CacheFolder.key("another"))).isNull();
        }
        assertThat(folder.troubles()).isEmpty();
    }

    @Test
    void keysDependOnEachPartAndWhereItEnds() {
        assertThat(List.of(
                        CacheFolder.key(),
                        CacheFolder.key(""),
                        CacheFolder.key("ab"),
                        CacheFolder.key("a", "b"),
                        CacheFolder.key("", "ab"),
                        CacheFolder.key("b", "a")))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[0-9a-f]{64}"));
    }

    @Test
    void aTextThatIsDamagedIsAbsentAndDeleted() throws IOException {
        CacheFolder folder = CacheFolder.at(place);
        folder.keep(Kind.DIGESTS, KEY, "what was kept\nin lines");
        Path file = Objects.requireNonNull(folder.file(Kind.DIGESTS, KEY));
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] bytes = whole.clone();
            bytes[i] ^= 4;
            for (byte[] damaged : List.of(bytes, Arrays.copyOf(whole, i), Arrays.copyOf(whole, whole.length + 1 + i))) {
                Files.write(file, damaged);
                assertThat(folder.text(Kind.DIGESTS, KEY)).isNull();
                assertThat(file).doesNotExist();
            }
        }
        assertThat(folder.troubles())
                .containsExactly("cache " + place + ": something in it was damaged; it was deleted and is made again");
    }

    @Test
    void aTextUnderAnothersNameIsNotBelieved() throws IOException {
        CacheFolder folder = CacheFolder.at(place);
        folder.keep(Kind.DIGESTS, KEY, "text");
        String other = KEY.substring(0, 63) + (KEY.endsWith("0") ? "1" : "0");
        Files.copy(
                Objects.requireNonNull(folder.file(Kind.DIGESTS, KEY)),
                Objects.requireNonNull(folder.file(Kind.DIGESTS, other)));
        assertThat(folder.text(Kind.DIGESTS, other)).isNull();
        assertThat(folder.text(Kind.DIGESTS, KEY)).isEqualTo("text");
    }

    @Test
    void aKeyThatIsNoDigestIsRefused() {
        CacheFolder folder = CacheFolder.at(place);
        for (String key : List.of(
                "",
                "..",
                "/etc/passwd",
                "../../../../../../tmp/x",
                KEY + "/..",
                KEY + "\n",
                "ABCDEF0123456789",
                "abc",
                "g".repeat(64),
                "a".repeat(129))) {
            for (CacheFolder each : List.of(folder, CacheFolder.none())) {
                assertThatThrownBy(() -> each.text(Kind.RENDERS, key)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> each.keep(Kind.RENDERS, key, "")).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void sizeCountsEntriesAndNothingElse() throws IOException {
        CacheFolder folder = CacheFolder.at(place);
        folder.keep(Kind.RENDERS, KEY, "12345");
        folder.keep(Kind.RENDERS, CacheFolder.key("another"), "12345678");
        folder.keep(Kind.DECODED, KEY, "");
        Files.writeString(place.resolve("renders/notes.txt"), "not an entry");
        Files.writeString(place.resolve("renders").resolve(KEY.substring(0, 2)).resolve("notes.txt"), "neither");
        long check = 9;
        assertThat(folder.size().toString())
                .isEqualTo("{SIGNALS=" + Amount.NONE + ", RENDERS=" + new Amount(2, 13 + 2 * check) + ", DIGESTS="
                        + Amount.NONE + ", DECODED=" + new Amount(1, check) + "}");
        assertThat(CacheFolder.none().size())
                .containsOnlyKeys(Kind.values())
                .allSatisfy((kind, amount) -> assertThat(amount).isEqualTo(Amount.NONE));
    }

    @Test
    void theLeastRecentlyUsedGoFirstAndTiesByName() throws IOException {
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        Collections.shuffle(order, new Random(5));
        CacheFolder folder = CacheFolder.at(place, InstantSource.fixed(NOW));
        // By age, the oldest first; the last four are as old as each other.
        List<Path> files = new ArrayList<>(Collections.nCopies(8, place));
        for (int i : order) {
            Kind kind = Kind.values()[i % 2];
            String key = "00" + i + "0".repeat(61);
            folder.keep(kind, key, "x".repeat(91));
            Path file = Objects.requireNonNull(folder.file(kind, key));
            Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(i < 4 ? 1_000 - i : 500)));
            files.set(i, file);
        }
        // RENDERS before SIGNALS, in each by key.
        List<Path> expected = List.of(
                files.get(0),
                files.get(1),
                files.get(2),
                files.get(3),
                files.get(5),
                files.get(7),
                files.get(4),
                files.get(6));
        for (int gone = 0; gone < expected.size(); gone++) {
            long left = 100L * (expected.size() - gone);
            assertThat(folder.evict(left)).isEqualTo(Amount.NONE);
            assertThat(folder.evict(left - 1)).isEqualTo(new Amount(1, 100));
            for (int i = 0; i < expected.size(); i++) {
                assertThat(Files.exists(expected.get(i)))
                        .as("%d of %d", i, gone)
                        .isEqualTo(i > gone);
            }
        }
        assertThatThrownBy(() -> folder.evict(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void useIsNotedAtMostOnceAMinuteAndAlsoWhenTheClockWentBack() throws IOException {
        CacheFolder folder = CacheFolder.at(place, InstantSource.fixed(NOW));
        folder.keep(Kind.RENDERS, KEY, "text");
        Path file = Objects.requireNonNull(folder.file(Kind.RENDERS, KEY));
        Instant lately = NOW.minusSeconds(59);
        for (Instant before : List.of(NOW.minusSeconds(61), lately, NOW, NOW.plusSeconds(3_600))) {
            Files.setLastModifiedTime(file, FileTime.from(before));
            assertThat(folder.text(Kind.RENDERS, KEY)).isEqualTo("text");
            assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(before.equals(lately) ? lately : NOW);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void evictingDeletesNothingOutsideAndFollowsNoLink() throws IOException {
        Path registry = Files.createDirectories(place.resolve("registry"));
        Path cache = registry.resolve("cache");
        CacheFolder folder = CacheFolder.at(cache);
        folder.keep(Kind.RENDERS, KEY, "text");
        // Named as entries are, and yet none of them.
        String name = "ab/" + "c".repeat(62);
        Path object = write(registry.resolve("objects").resolve(name));
        Path linked = write(registry.resolve("signals").resolve(name));
        Path stranger = write(cache.resolve("strange").resolve(name));
        Path deeper =
                write(cache.resolve("renders").resolve(KEY.substring(0, 2)).resolve(name));
        Path shallow = write(cache.resolve("renders").resolve("c".repeat(64)));
        Files.createSymbolicLink(cache.resolve("signals"), registry.resolve("signals"));
        Path link = Files.createDirectories(cache.resolve("decoded/ab")).resolve("d".repeat(62));
        Files.createSymbolicLink(link, object);
        Path folderLink = cache.resolve("decoded/cd");
        Files.createSymbolicLink(folderLink, registry.resolve("objects/ab"));

        assertThat(folder.evict(0).entries()).isEqualTo(1);

        assertThat(List.of(object, linked, stranger, deeper, shallow, link, folderLink))
                .allMatch(Files::exists);
        assertThat(folder.text(Kind.RENDERS, KEY)).isNull();
        assertThat(folder.troubles()).isEmpty();
    }

    @Test
    void whatInterruptedRendersLeftGoesAfterADay() throws IOException {
        CacheFolder folder = CacheFolder.at(place, InstantSource.fixed(NOW));
        Path left = write(place.resolve("tmp/123-left"));
        Path current = write(place.resolve("tmp/123-current"));
        Files.setLastModifiedTime(left, FileTime.from(NOW.minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(current, FileTime.from(NOW.minus(Duration.ofHours(23))));
        assertThat(folder.evict(Long.MAX_VALUE)).isEqualTo(new Amount(1, 4));
        assertThat(left).doesNotExist();
        assertThat(current).exists();
    }

    private static Path write(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, "text");
    }

    @Test
    void roomIsLeftForTheRender() {
        long gib = 1L << 30;
        assertThat(CacheFolder.leavesRoom(gib, 2 * gib, 100 * gib)).isTrue();
        assertThat(CacheFolder.leavesRoom(gib + 1, 2 * gib, 100 * gib)).isFalse();
        assertThat(CacheFolder.leavesRoom(90, 100, 200)).isTrue();
        assertThat(CacheFolder.leavesRoom(91, 100, 200)).isFalse();
        assertThat(CacheFolder.leavesRoom(gib, 0, 0)).isTrue();
    }

    @Test
    void aFolderThatCannotBeMadeIsOneTrouble() throws IOException {
        Path file = write(place.resolve("file"));
        CacheFolder folder = CacheFolder.at(file);
        for (long seed = 0; seed < 3; seed++) {
            folder.keep(Kind.DIGESTS, KEY, "text");
            new RandomSignal(seed, 100).keepIn(new SignalFolder(folder), KEY);
        }
        assertThat(folder.troubles())
                .singleElement()
                .asString()
                .startsWith("cache " + file + ": cannot be written to: ");
        assertThat(file).hasContent("text");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aReadOnlyFolderGivesWhatItHasAndIsOneTrouble() throws IOException {
        CacheFolder before = CacheFolder.at(place);
        RandomSignal signal = new RandomSignal(1, 100);
        before.keep(Kind.DIGESTS, KEY, "text");
        signal.keepIn(new SignalFolder(before), KEY);
        Path tmp = place.resolve("tmp");
        assertThat(tmp.toFile().setWritable(false)).isTrue();
        try {
            assumeFalse(Files.isWritable(tmp), "this user may write anywhere");
            CacheFolder folder = CacheFolder.at(place);
            SignalFolder signals = new SignalFolder(folder);
            folder.keep(Kind.DIGESTS, KEY, "another text");
            signal.keepIn(signals, CacheFolder.key("another"));
            assertThat(folder.text(Kind.DIGESTS, KEY)).isEqualTo("text");
            Objects.requireNonNull(signals.open(KEY)).close();
            assertThat(folder.troubles())
                    .singleElement()
                    .asString()
                    .startsWith("cache " + place + ": cannot be written to: no permission; ");
        } finally {
            assertThat(tmp.toFile().setWritable(true)).isTrue();
        }
    }

    /** The largest file that a process may write stands for a full disk: writing fails in the midst of a file. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFullDiskIsOneTroubleAndLeavesNothing() throws Exception {
        List<String> said = run(true, FullDisk.class, place.resolve("cache").toString());
        assertThat(said)
                .containsExactly(
                        "small: true, large: false, text: null",
                        "cache " + place.resolve("cache") + ": cannot be written to: File too large; not everything"
                                + " was kept, make room or allow writing there");
        assertThat(place.resolve("cache/tmp")).isEmptyDirectory();
    }

    /** Keeps what fits and what does not. */
    static final class FullDisk {
        private FullDisk() {}

        public static void main(String[] args) throws Exception {
            CacheFolder folder = CacheFolder.at(Path.of(args[0]));
            SignalFolder signals = new SignalFolder(folder);
            String small = CacheFolder.key("small");
            String large = CacheFolder.key("large");
            new RandomSignal(1, 1_000).keepIn(signals, small);
            for (int seed = 0; seed < 3; seed++) {
                new RandomSignal(seed, 3_000_000).keepIn(signals, large);
            }
            folder.keep(Kind.RENDERS, large, "x".repeat(3_000_000));
            System.out.println("small: " + signals.has(small) + ", large: " + signals.has(large) + ", text: "
                    + folder.text(Kind.RENDERS, large));
            folder.troubles().forEach(System.out::println);
        }
    }

    @Test
    void manyProcessesAndThreadsGetWhatIsRightOrNothing() throws Exception {
        List<Process> processes = new ArrayList<>();
        List<Path> said = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            said.add(place.resolve("said" + i));
            processes.add(start(
                    false, said.get(i), Crowd.class, place.resolve("cache").toString(), Integer.toString(i)));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(await(processes.get(i), said.get(i)))
                    .singleElement()
                    .asString()
                    .matches("recalled [1-9][0-9]*");
        }
        assertThat(place.resolve("cache/tmp")).isEmptyDirectory();
    }

    /** Two threads that keep, recall and evict the same few entries; one process also damages them. */
    static final class Crowd {
        private Crowd() {}

        public static void main(String[] args) throws Exception {
            CacheFolder folder = CacheFolder.at(Path.of(args[0]));
            int process = Integer.parseInt(args[1]);
            List<Integer> recalled = Collections.synchronizedList(new ArrayList<>());
            List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                long seed = process * 2L + t;
                Thread thread = new Thread(() -> recalled.add(visit(folder, seed, process == 0)));
                thread.setUncaughtExceptionHandler((where, what) -> failed.add(what));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            failed.forEach(Throwable::printStackTrace);
            folder.troubles().stream()
                    .filter(trouble -> !trouble.contains("was damaged"))
                    .forEach(System.out::println);
            System.out.println(
                    "recalled " + recalled.stream().mapToInt(each -> each).sum());
        }

        private static int visit(CacheFolder folder, long seed, boolean damages) {
            SignalFolder signals = new SignalFolder(folder);
            SplittableRandom random = new SplittableRandom(seed);
            int recalled = 0;
            try {
                for (int i = 0; i < 150; i++) {
                    int which = random.nextInt(6);
                    String key = CacheFolder.key("entry", Integer.toString(which));
                    RandomSignal signal = new RandomSignal(which, 20_000 + which);
                    signal.keepIn(signals, key);
                    folder.keep(Kind.DIGESTS, key, "text " + which);
                    if (random.nextInt(20) == 0) {
                        folder.evict(random.nextInt(400_000));
                    }
                    Path file = Objects.requireNonNull(folder.file(Kind.SIGNALS, key));
                    if (damages && random.nextInt(10) == 0 && Files.exists(file)) {
                        damage(file, random);
                    }
                    try (SignalReader reader = signals.open(key, 0, true)) {
                        if (reader != null) {
                            signal.assertReadBy(reader, 0);
                            recalled++;
                        }
                    }
                    assertThat(folder.text(Kind.DIGESTS, key)).isIn("text " + which, null);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return recalled;
        }

        /** Not in place: a reader may have been through with its check already. */
        private static void damage(Path file, SplittableRandom random) throws IOException {
            Path copy = file.resolveSibling("damaged" + random.nextLong());
            try {
                byte[] bytes = Files.readAllBytes(file);
                bytes[random.nextInt(bytes.length)] ^= 1;
                Files.write(copy, bytes);
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                // Evicted meanwhile.
            }
        }
    }

    private List<String> run(boolean limited, Class<?> main, String... arguments) throws Exception {
        Path said = place.resolve("said");
        return await(start(limited, said, main, arguments), said);
    }

    private static List<String> await(Process process, Path said) throws Exception {
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ended in time").isTrue();
        return Files.readAllLines(said);
    }

    private static Process start(boolean limited, Path said, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (limited) {
            command.addAll(List.of("sh", "-c", "ulimit -f 2000 && exec \"$@\"", "sh"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }
}
