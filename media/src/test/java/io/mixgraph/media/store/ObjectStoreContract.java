package io.mixgraph.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.media.testing.HaltingLoggerFinder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store keeps, wherever it is. */
abstract class ObjectStoreContract {
    /** More than one part of an upload. */
    static final int LARGE = 9 << 20;

    @TempDir
    Path temporary;

    /** A place with nothing in it, the same one for one test. */
    abstract String place() throws Exception;

    /** Puts bytes at a path below the place, past the store. */
    abstract void plant(String path, byte[] bytes) throws Exception;

    /** The size of an object that many store at once. */
    int contestedBytes() {
        return LARGE;
    }

    static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static String sha256(byte[] bytes) {
        return Sha256.hex(Sha256.digest().digest(bytes));
    }

    Path file(byte[] bytes) throws IOException {
        Path file = temporary.resolve("file-" + sha256(bytes).substring(0, 8) + ".wav");
        return Files.write(file, bytes);
    }

    static byte[] bytes(ObjectStore store, String sha256) throws IOException {
        try (InputStream in = store.open(sha256)) {
            return in.readAllBytes();
        }
    }

    static List<ObjectStore.Stored> listed(ObjectStore store) throws IOException {
        List<ObjectStore.Stored> all = new ArrayList<>();
        store.list(all::add);
        return all;
    }

    @Test
    void aFileIsStoredOnceAndReadBack() throws Exception {
        byte[] bytes = noise(100_000);
        String sha256 = sha256(bytes);
        try (ObjectStore store = ObjectStore.at(place())) {
            assertThat(store.has(sha256)).isFalse();
            assertThat(store.size(sha256)).isEqualTo(-1);
            assertThat(store.put(file(bytes), sha256)).isTrue();
            assertThat(store.put(file(bytes), sha256)).isFalse();
            assertThat(store.has(sha256)).isTrue();
            assertThat(store.size(sha256)).isEqualTo(bytes.length);
            assertThat(bytes(store, sha256)).isEqualTo(bytes);
        }
        try (ObjectStore again = ObjectStore.at(place())) {
            assertThat(listed(again)).containsExactly(new ObjectStore.Stored(sha256, bytes.length));
        }
    }

    @Test
    void filesOfAnySizeAreStored() throws Exception {
        try (ObjectStore store = ObjectStore.at(place())) {
            for (int size : new int[] {0, 1, (1 << 16) - 1, 1 << 16, 8 << 20, (8 << 20) + 1, 2 * LARGE}) {
                byte[] bytes = noise(size);
                String sha256 = sha256(bytes);
                assertThat(store.put(file(bytes), sha256)).isTrue();
                assertThat(store.size(sha256)).isEqualTo(size);
                assertThat(bytes(store, sha256)).as("%d bytes", size).isEqualTo(bytes);
            }
            assertThat(listed(store)).hasSize(7);
        }
    }

    @Test
    void whatIsStoredDoesNotChangeWithItsFile() throws Exception {
        byte[] bytes = noise(5_000);
        String sha256 = sha256(bytes);
        Path file = file(bytes);
        try (ObjectStore store = ObjectStore.at(place())) {
            store.put(file, sha256);
            Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.WRITE);
            assertThat(bytes(store, sha256)).isEqualTo(bytes);
            Files.delete(file);
            assertThat(bytes(store, sha256)).isEqualTo(bytes);
        }
    }

    @Test
    void aFileThatWasChangedIsRefusedAndNothingOfItKept() throws Exception {
        for (int size : new int[] {10, LARGE}) {
            byte[] bytes = noise(size);
            String sha256 = sha256(bytes);
            bytes[size / 2] ^= 1;
            Path file = file(bytes);
            try (ObjectStore store = ObjectStore.at(place())) {
                for (Writing writing : List.<Writing>of(store::put, store::replace)) {
                    assertThatIOException()
                            .isThrownBy(() -> writing.write(file, sha256))
                            .withMessageStartingWith(file.toString())
                            .withMessageContaining(sha256)
                            .withMessageContaining(sha256(bytes))
                            .withMessageContaining("changed");
                }
                assertThat(store.has(sha256)).isFalse();
                assertThat(listed(store)).isEmpty();
            }
        }
    }

    private interface Writing {
        void write(Path file, String sha256) throws IOException;
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        Path file = temporary.resolve("nobody.wav");
        try (ObjectStore store = ObjectStore.at(place())) {
            assertThatIOException()
                    .isThrownBy(() -> store.put(file, sha256(noise(1))))
                    .withMessageStartingWith(file.toString())
                    .withMessageContaining("not there");
        }
    }

    @Test
    void onlyDigestsAreNames() throws Exception {
        String good = sha256(noise(1));
        List<String> names = List.of(
                "",
                "../../../../etc/passwd",
                good.substring(1),
                good + "0",
                good.toUpperCase(java.util.Locale.ROOT),
                "../" + good.substring(3),
                good.substring(0, 63) + "\u0661",
                good.substring(0, 63) + "\n");
        Path file = file(noise(1));
        try (ObjectStore store = ObjectStore.at(place())) {
            for (String name : names) {
                for (Callable<?> use : List.<Callable<?>>of(
                        () -> store.put(file, name),
                        () -> {
                            store.replace(file, name);
                            return true;
                        },
                        () -> store.has(name),
                        () -> store.size(name),
                        () -> store.open(name),
                        () -> {
                            store.get(name, temporary.resolve("copy"));
                            return true;
                        },
                        () -> {
                            store.delete(name);
                            return true;
                        })) {
                    assertThatIllegalArgumentException().isThrownBy(use::call);
                }
            }
            assertThat(listed(store)).isEmpty();
        }
    }

    @Test
    void whatIsNotThereIsMissing() throws Exception {
        String sha256 = sha256(noise(3));
        Path copy = temporary.resolve("copies/copy.wav");
        try (ObjectStore store = ObjectStore.at(place())) {
            for (Callable<?> use : List.<Callable<?>>of(() -> store.open(sha256), () -> {
                store.get(sha256, copy);
                return true;
            })) {
                assertThatThrownBy(use::call)
                        .isInstanceOf(MissingObjectException.class)
                        .hasMessageContaining(Sha256.path(sha256));
            }
            store.delete(sha256);
        }
        assertThat(copy).doesNotExist();
    }

    @Test
    void aCopyReplacesAFileAndIsTheUsersOwn() throws Exception {
        byte[] bytes = noise(70_000);
        Path copy = temporary.resolve("copies/of/stem.wav");
        try (ObjectStore store = ObjectStore.at(place())) {
            store.put(file(bytes), sha256(bytes));
            store.get(sha256(bytes), copy);
            assertThat(copy).hasBinaryContent(bytes);
            Files.write(copy, new byte[] {9});
            assertThat(bytes(store, sha256(bytes))).isEqualTo(bytes);
            store.get(sha256(bytes), copy);
            assertThat(copy).hasBinaryContent(bytes);
            assertThat(copy.getParent()).isDirectoryNotContaining(other -> !other.equals(copy));
        }
    }

    @Test
    void aDamagedObjectIsFoundWhoeverReadsIt() throws Exception {
        byte[] bytes = noise(70_000);
        String sha256 = sha256(bytes);
        byte[] damaged = bytes.clone();
        damaged[69_999] ^= 4;
        plant(Sha256.path(sha256), damaged);
        Path copy = Files.writeString(temporary.resolve("copy.wav"), "as it was");
        try (ObjectStore store = ObjectStore.at(place())) {
            assertThatThrownBy(() -> bytes(store, sha256))
                    .isInstanceOf(DamagedObjectException.class)
                    .hasMessageContaining(Sha256.path(sha256))
                    .hasMessageContaining(sha256(damaged));
            assertThatThrownBy(() -> store.get(sha256, copy)).isInstanceOf(DamagedObjectException.class);
            assertThat(copy).hasContent("as it was");
            try (InputStream in = store.open(sha256)) {
                in.skipNBytes(69_999);
                assertThatThrownBy(in::read).isInstanceOf(DamagedObjectException.class);
            }
            try (InputStream in = store.open(sha256)) {
                assertThat(in.readNBytes(50)).isEqualTo(Arrays.copyOf(bytes, 50));
            }
            store.replace(file(bytes), sha256);
            assertThat(bytes(store, sha256)).isEqualTo(bytes);
        }
    }

    @Test
    void anObjectThatWasCutShortIsStoredAnew() throws Exception {
        byte[] bytes = noise(70_000);
        String sha256 = sha256(bytes);
        plant(Sha256.path(sha256), Arrays.copyOf(bytes, 60_000));
        try (ObjectStore store = ObjectStore.at(place())) {
            assertThatThrownBy(() -> bytes(store, sha256)).isInstanceOf(DamagedObjectException.class);
            assertThat(store.put(file(bytes), sha256)).isTrue();
            assertThat(bytes(store, sha256)).isEqualTo(bytes);
        }
    }

    @Test
    void onlyObjectsAreListed() throws Exception {
        byte[] bytes = noise(10);
        String sha256 = sha256(bytes);
        plant("README", noise(1));
        plant("ab/README", noise(1));
        plant("ab/" + "c".repeat(63), noise(1));
        plant("AB/" + "c".repeat(62), noise(1));
        plant("xy/" + "c".repeat(62), noise(1));
        plant("ab/cd/" + "e".repeat(60), noise(1));
        plant("abc/" + "d".repeat(61), noise(1));
        try (ObjectStore store = ObjectStore.at(place())) {
            store.put(file(bytes), sha256);
            assertThat(listed(store)).containsExactly(new ObjectStore.Stored(sha256, 10));
        }
    }

    @Test
    void whatIsDeletedIsGoneAndNothingElse() throws Exception {
        byte[] one = noise(10);
        byte[] other = noise(11);
        try (ObjectStore store = ObjectStore.at(place())) {
            store.put(file(one), sha256(one));
            store.put(file(other), sha256(other));
            store.delete(sha256(one));
            store.delete(sha256(one));
            assertThat(store.has(sha256(one))).isFalse();
            assertThat(listed(store)).containsExactly(new ObjectStore.Stored(sha256(other), 11));
            assertThat(store.put(file(one), sha256(one))).isTrue();
        }
    }

    @Test
    void whoeverListsMayDelete() throws Exception {
        try (ObjectStore store = ObjectStore.at(place())) {
            for (int size = 0; size < 20; size++) {
                byte[] bytes = noise(size);
                store.put(file(bytes), sha256(bytes));
            }
            for (ObjectStore.Stored each : listed(store)) {
                store.delete(each.sha256());
            }
            assertThat(listed(store)).isEmpty();
        }
    }

    @Test
    void whenManyStoreTheSameObjectAtOnceItIsThereOnce() throws Exception {
        byte[] bytes = noise(contestedBytes());
        String sha256 = sha256(bytes);
        Path file = file(bytes);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ObjectStore store = ObjectStore.at(place());
                ObjectStore same = ObjectStore.at(place())) {
            List<Callable<Boolean>> puts = Stream.<Callable<Boolean>>of(
                            () -> store.put(file, sha256), () -> same.put(file, sha256))
                    .flatMap(put -> Stream.of(put, put))
                    .toList();
            int stored = 0;
            for (Future<Boolean> put : threads.invokeAll(puts)) {
                stored += put.get() ? 1 : 0;
            }
            assertThat(stored).isPositive();
            assertThat(listed(store)).containsExactly(new ObjectStore.Stored(sha256, bytes.length));
            assertThat(bytes(store, sha256)).isEqualTo(bytes);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aPutThatIsKilledAtAnyStepLeavesTheObjectWholeOrNotThere() throws Exception {
        byte[] bytes = noise(LARGE);
        String sha256 = sha256(bytes);
        Path file = file(bytes);
        int steps = 0;
        StorePut.Outcome outcome;
        do {
            outcome = StorePut.run(place(), file, sha256, ++steps);
            try (ObjectStore store = ObjectStore.at(place())) {
                List<ObjectStore.Stored> all = listed(store);
                assertThat(all).as(outcome.text()).isSubsetOf(new ObjectStore.Stored(sha256, LARGE));
                assertThat(store.has(sha256)).isEqualTo(!all.isEmpty());
                assertThat(store.put(file, sha256)).as(outcome.text()).isEqualTo(all.isEmpty());
                assertThat(bytes(store, sha256)).isEqualTo(bytes);
                store.delete(sha256);
            }
        } while (outcome.exit() == HaltingLoggerFinder.HALTED);
        assertThat(outcome).isEqualTo(new StorePut.Outcome(0, "stored"));
        assertThat(steps).isGreaterThan(5);
    }
}
