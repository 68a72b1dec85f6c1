package io.mixgraph.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in a folder. */
class LocalFaultsTest {
    private static final byte[] BYTES = ObjectStoreContract.noise(1 << 20);
    private static final String SHA256 = ObjectStoreContract.sha256(BYTES);

    @TempDir
    Path temporary;

    private Path file = Path.of("");
    private Path folder = Path.of("");
    private Path object = Path.of("");

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.write(temporary.resolve("stem.wav"), BYTES);
        folder = temporary.resolve("objects");
        object = folder.resolve(Sha256.path(SHA256));
    }

    private ObjectStore store() throws IOException {
        return ObjectStore.at(folder.toString());
    }

    private static void assumePosix() {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "the file system has no permissions");
    }

    private void assertThatNothingIsKept() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void openingAndAskingMakesNothing() throws IOException {
        ObjectStore store = store();
        assertThat(store.has(SHA256)).isFalse();
        assertThat(ObjectStoreContract.listed(store)).isEmpty();
        store.delete(SHA256);
        assertThat(folder).doesNotExist();
        assertThat(store).hasToString(folder.toString());
    }

    @Test
    void anObjectIsAFileOfItsOwnThatNobodyWrites() throws IOException {
        assumePosix();
        store().put(file, SHA256);
        assertThat(Files.getAttribute(object, "unix:nlink")).isEqualTo(1);
        assertThat(Files.getAttribute(object, "unix:ino")).isNotEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(object)))
                .doesNotContain("w");
        Path copy = temporary.resolve("copy.wav");
        store().get(SHA256, copy);
        assertThat(Files.isWritable(copy)).isTrue();
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws IOException {
        Files.write(folder, BYTES);
        for (Path place : List.of(folder, folder.resolve("below"))) {
            assertThatIOException()
                    .isThrownBy(() -> ObjectStore.at(place.toString()).put(file, SHA256))
                    .withMessageContaining(folder + " is a file, where a folder is to go");
        }
        assertThat(folder).hasBinaryContent(BYTES);
    }

    @Test
    void aFolderThatMayNotBeWrittenIsNamed() throws IOException {
        assumePosix();
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        // Nothing is forbidden to root, but there are no folders to be made among processes.
        Path unwritable = Files.isWritable(folder) ? Path.of("/proc/objects") : folder;
        assertThatIOException()
                .isThrownBy(() -> ObjectStore.at(unwritable.toString()).put(file, SHA256))
                .withMessageStartingWith(unwritable.toString())
                .withMessageContaining("choose another place");
    }

    @Test
    void aFolderInAnObjectsPlaceIsNamed() throws IOException {
        Files.createDirectories(object);
        assertThatIOException()
                .isThrownBy(() -> store().put(file, SHA256))
                .withMessageStartingWith(object.toString())
                .withMessageContaining("is a folder, where a file is to go");
        assertThatNothingIsKept();
    }

    @Test
    void aCopyDoesNotReplaceAFolder() throws IOException {
        store().put(file, SHA256);
        Path place = Files.createDirectories(temporary.resolve("exported/stem.wav"));
        for (Path target : List.of(place, temporary.getRoot())) {
            assertThatIOException()
                    .isThrownBy(() -> store().get(SHA256, target))
                    .withMessageContaining("is a folder, where a file is to go");
        }
        assertThat(place.getParent()).isDirectoryNotContaining(path -> !path.equals(place));
    }

    @Test
    void aLinkInAnObjectsPlaceIsNoObjectAndNotFollowed() throws IOException {
        assumePosix();
        Path outside = Files.write(temporary.resolve("outside.wav"), BYTES);
        Files.createDirectories(object.getParent());
        Files.createSymbolicLink(object, outside);
        ObjectStore store = store();
        assertThat(store.has(SHA256)).isFalse();
        assertThat(ObjectStoreContract.listed(store)).isEmpty();
        assertThatThrownBy(() -> store.open(SHA256)).isInstanceOf(MissingObjectException.class);
        store.delete(SHA256);
        assertThat(object).doesNotExist();
        Files.createSymbolicLink(object, outside);
        assertThat(store.put(file, SHA256)).isTrue();
        assertThat(Files.isRegularFile(object, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(outside).hasBinaryContent(BYTES);
        assertThat(Files.isWritable(outside)).isTrue();
    }

    @Test
    void linkedFoldersInTheStoreAreNotFollowed() throws IOException {
        assumePosix();
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Path other = Files.write(outside.resolve(SHA256.substring(2)), BYTES);
        Files.createDirectories(folder);
        Files.createSymbolicLink(object.getParent(), outside);
        ObjectStore store = store();
        assertThat(store.has(SHA256)).isFalse();
        assertThat(ObjectStoreContract.listed(store)).isEmpty();
        assertThatThrownBy(() -> store.open(SHA256)).isInstanceOf(MissingObjectException.class);
        store.delete(SHA256);
        assertThat(other).hasBinaryContent(BYTES);
        assertThatIOException()
                .isThrownBy(() -> store.put(file, SHA256))
                .withMessageContaining(object.getParent() + " is a symbolic link");
        Files.delete(object.getParent());
        Files.createSymbolicLink(folder.resolve("tmp"), outside);
        assertThatIOException()
                .isThrownBy(() -> store.put(file, SHA256))
                .withMessageContaining(folder.resolve("tmp") + " is a symbolic link");
        Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
        assertThat(ObjectStoreContract.listed(store)).isEmpty();
        assertThat(outside).isDirectoryNotContaining(path -> !path.equals(other));
    }

    @Test
    void theStoreItselfMayBeALink() throws IOException {
        assumePosix();
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.createSymbolicLink(folder, elsewhere);
        assertThat(store().put(file, SHA256)).isTrue();
        assertThat(ObjectStoreContract.bytes(store(), SHA256)).isEqualTo(BYTES);
        assertThat(elsewhere.resolve(Sha256.path(SHA256))).hasBinaryContent(BYTES);
    }

    @Test
    void whatAKilledPutLeftIsClearedAfterADay() throws IOException {
        store().put(file, SHA256);
        Path fresh = Files.write(folder.resolve("tmp/.mixgraph-fresh.part"), BYTES);
        Path old = Files.write(folder.resolve("tmp/.mixgraph-old.part"), BYTES);
        Files.setLastModifiedTime(
                old, FileTime.from(Instant.now().minus(1, ChronoUnit.DAYS).minusSeconds(60)));
        assertThat(ObjectStoreContract.listed(store())).containsExactly(new ObjectStore.Stored(SHA256, 1 << 20));
        assertThat(old).doesNotExist();
        assertThat(fresh).hasBinaryContent(BYTES);
    }

    @Test
    void aFileThatMayNotGrowLeavesNothing() throws Exception {
        assumePosix();
        StorePut.Outcome outcome = put("sh", "-c", "ulimit -f 100; exec \"$@\"", "sh");
        assertThat(outcome.exit()).as(outcome.text()).isEqualTo(3);
        assertThat(outcome.text()).startsWith(folder.toString()).contains("check the disk");
        assertThatNothingIsKept();
    }

    @Test
    void aFullDiskIsNamedAndKeepsNothing() throws Exception {
        List<String> smallDisk = List.of(
                "unshare", "--mount", "sh", "-c", "mount -t tmpfs -o size=600k none " + folder + " && exec \"$@\"");
        Files.createDirectories(folder);
        assumeTrue(runs(smallDisk, "true"), "small disks are made only by root on Linux");
        // What is left on the disk is counted before it goes away with the process.
        StorePut.Outcome outcome = put(Stream.concat(
                        smallDisk.stream(),
                        Stream.of("sh", "sh", "-c", "\"$@\"; e=$?; find " + folder + " -type f; exit $e", "sh"))
                .toArray(String[]::new));
        assertThat(outcome)
                .isEqualTo(new StorePut.Outcome(
                        3, folder.resolve("tmp") + ": the disk is full; make room there or choose another place"));
    }

    private static boolean runs(List<String> before, String command) throws InterruptedException {
        try {
            return new ProcessBuilder(Stream.concat(before.stream(), Stream.of("sh", command))
                                    .toList())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private StorePut.Outcome put(String... before) throws Exception {
        return StorePut.run(
                List.of(before), System.getProperty("java.class.path"), Map.of(), folder.toString(), file, SHA256);
    }

    @Test
    void anInterruptedThreadStops() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> store().put(file, SHA256))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(object).doesNotExist();
    }

    @Test
    void whatMayNotBeReadIsNotTakenForMissing() throws IOException {
        assumePosix();
        store().put(file, SHA256);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        try {
            assumeTrue(!Files.isReadable(folder), "nothing is forbidden to root");
            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    () -> store().has(SHA256),
                    () -> store().open(SHA256),
                    () -> store().delete(SHA256),
                    () -> ObjectStoreContract.listed(store()))) {
                assertThatThrownBy(use).isExactlyInstanceOf(IOException.class).hasMessageContaining("access is denied");
            }
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void nothingOfTheSdkIsNeededForAFolder() throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("awssdk"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(classPath).isNotEqualTo(System.getProperty("java.class.path"));
        assertThat(StorePut.run(List.of(), classPath, Map.of(), folder.toString(), file, SHA256))
                .isEqualTo(new StorePut.Outcome(0, "stored"));
    }
}
