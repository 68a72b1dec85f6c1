package io.mixgraph.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on the way to a service, and at one. */
@Timeout(120)
class S3FaultsTest {
    private static final int SMALL = 300_000;
    private static final int LARGE = ObjectStoreContract.LARGE;
    private static final int ALWAYS = Integer.MAX_VALUE;

    /** Enough for a service on this machine, and no longer. */
    private static final Patience HASTY = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(2), 3 << 20);

    @TempDir
    Path temporary;

    private String bucket = "";
    private FaultyProxy proxy;
    private S3Objects store;

    S3FaultsTest() throws IOException {
        proxy = new FaultyProxy(S3Mock.PORT);
        store = open(Patience.USUAL);
    }

    @BeforeEach
    void makeBucket() throws Exception {
        bucket = S3Mock.bucket();
        store = open(Patience.USUAL);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        proxy.close();
    }

    private S3Objects open(Patience patience) throws IOException {
        return S3Objects.open(S3Place.parse(place(proxy.port())), patience);
    }

    private String place(int port) {
        return "s3://" + (bucket.isEmpty() ? "none" : bucket) + "?path_style=true&endpoint=http://127.0.0.1:" + port;
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(temporary.resolve("file.wav"), bytes);
    }

    private byte[] stored(int size) throws IOException {
        byte[] bytes = ObjectStoreContract.noise(size);
        store.put(file(bytes), ObjectStoreContract.sha256(bytes));
        return bytes;
    }

    private void assertThatOnlyIsThere(byte[] bytes) throws Exception {
        assertThat(ObjectStoreContract.bytes(store, ObjectStoreContract.sha256(bytes)))
                .isEqualTo(bytes);
        assertThat(ObjectStoreContract.listed(store)).hasSize(1);
        assertThatNoUploadIsLeft();
    }

    private void assertThatNothingIsThere() throws Exception {
        assertThat(ObjectStoreContract.listed(store)).isEmpty();
        assertThatNoUploadIsLeft();
    }

    private void assertThatNoUploadIsLeft() throws Exception {
        assertThat(S3Mock.send("GET", bucket + "?uploads", new byte[0])).doesNotContain("UploadId");
    }

    @Test
    void anObjectThatIsThereIsNotSentAgain() throws Exception {
        byte[] bytes = stored(SMALL);
        int before = proxy.requests().size();
        assertThat(store.put(file(bytes), ObjectStoreContract.sha256(bytes))).isFalse();
        assertThat(proxy.requests().subList(before, proxy.requests().size()))
                .singleElement()
                .asString()
                .startsWith("HEAD");
    }

    @Test
    void aServiceThatIsBusyIsAskedAgain() throws Exception {
        proxy.fail("^HEAD", 1, FaultyProxy.answer(503, "ServiceUnavailable"));
        proxy.fail("^PUT", 2, FaultyProxy.answer(503, "ServiceUnavailable"));
        proxy.fail("^GET", 1, FaultyProxy.answer(500, "InternalError"));
        assertThatOnlyIsThere(stored(SMALL));
    }

    @Test
    void aBusyServiceDoesNotStopAnUploadInParts() throws Exception {
        proxy.fail("^POST.*uploads", 1, FaultyProxy.answer(503, "ServiceUnavailable"));
        proxy.fail("^PUT.*partNumber=2", 2, FaultyProxy.answer(503, "ServiceUnavailable"));
        proxy.fail("^POST.*uploadId", 1, FaultyProxy.answer(503, "ServiceUnavailable"));
        assertThatOnlyIsThere(stored(LARGE));
    }

    @Test
    void aServiceThatStaysBusyIsNamed() throws Exception {
        proxy.fail("^PUT", ALWAYS, FaultyProxy.answer(503, "ServiceUnavailable"));
        for (int size : new int[] {SMALL, LARGE}) {
            assertThatIOException()
                    .isThrownBy(() -> stored(size))
                    .withMessageStartingWith("s3://" + bucket)
                    .withMessageContaining("503")
                    .withMessageContaining("try later");
        }
        assertThatNothingIsThere();
    }

    @Test
    void anUploadThatIsCutIsSentAgain() throws Exception {
        proxy.fail("^PUT", 1, FaultyProxy.cutUpload(SMALL / 2));
        assertThatOnlyIsThere(stored(SMALL));
    }

    @Test
    void aPartThatIsCutIsSentAgain() throws Exception {
        proxy.fail("^PUT.*partNumber=1", 2, FaultyProxy.cutUpload(5 << 20));
        proxy.fail("^PUT.*partNumber=2", 1, FaultyProxy.cutUpload(0));
        assertThatOnlyIsThere(stored(LARGE));
    }

    @Test
    void anUploadThatIsCutForGoodLeavesNothing() throws Exception {
        proxy.fail("^PUT", ALWAYS, FaultyProxy.cutUpload(SMALL / 2));
        assertThatIOException()
                .isThrownBy(() -> stored(SMALL))
                .withMessageContaining("the connection failed")
                .withMessageContaining("try again");
        assertThatNothingIsThere();
    }

    @Test
    void aPartThatIsCutForGoodLeavesNothing() throws Exception {
        proxy.fail("^PUT.*partNumber=2", ALWAYS, FaultyProxy.cutUpload(1 << 19));
        assertThatIOException().isThrownBy(() -> stored(LARGE)).withMessageContaining("the connection failed");
        assertThatNothingIsThere();
    }

    @Test
    void anAnswerThatIsLostLosesNoObject() throws Exception {
        proxy.fail("^PUT", 1, FaultyProxy.loseAnswer());
        assertThatOnlyIsThere(stored(SMALL));
    }

    @Test
    void anAnswerThatIsLostAtTheEndOfAnUploadInPartsLosesNoObject() throws Exception {
        proxy.fail("^POST.*uploadId", 1, FaultyProxy.loseAnswer());
        // What a service says that has forgotten the upload; S3Mock has not.
        proxy.fail("^POST.*uploadId", 1, FaultyProxy.answer(404, "NoSuchUpload"));
        assertThatOnlyIsThere(stored(LARGE));
    }

    @Test
    void aStalledUploadIsSentAgain() throws Exception {
        store.close();
        store = open(HASTY);
        proxy.fail("^PUT.*partNumber=1", 1, FaultyProxy.stallUpload(1 << 20));
        assertThatOnlyIsThere(stored(LARGE));
    }

    @Test
    void aSlowUploadIsNotCut() throws Exception {
        store.close();
        store = open(HASTY);
        // 8 MiB take at least 2.5 s, longer than the silence that is allowed.
        proxy.fail("^PUT.*partNumber=1", 1, FaultyProxy.slowUpload(1 << 16, 20));
        assertThatOnlyIsThere(stored(LARGE));
        assertThat(proxy.requests())
                .filteredOn(request -> request.contains("partNumber=1"))
                .hasSize(1);
    }

    @Test
    void aDownloadThatIsCutIsFound() throws Exception {
        byte[] bytes = stored(SMALL);
        String sha256 = ObjectStoreContract.sha256(bytes);
        Path copy = temporary.resolve("copy/copy.wav");
        proxy.fail("^GET", 2, FaultyProxy.cutDownload(SMALL - 1));
        assertThatIOException()
                .isThrownBy(() -> ObjectStoreContract.bytes(store, sha256))
                .isNotInstanceOf(DamagedObjectException.class)
                .withMessageContaining(Sha256.path(sha256))
                .withMessageContaining("try again");
        assertThatIOException().isThrownBy(() -> store.get(sha256, copy)).withMessageContaining("try again");
        assertThat(copy.getParent()).isEmptyDirectory();
        store.get(sha256, copy);
        assertThat(copy).hasBinaryContent(bytes);
    }

    @Test
    void aDownloadThatStallsFails() throws Exception {
        byte[] bytes = stored(SMALL);
        store.close();
        store = open(HASTY);
        proxy.fail("^GET", 1, FaultyProxy.stallDownload(SMALL / 2));
        assertThatIOException()
                .isThrownBy(() -> ObjectStoreContract.bytes(store, ObjectStoreContract.sha256(bytes)))
                .withMessageContaining("try again");
    }

    @Test
    void aDownloadThatTricklesFails() throws Exception {
        byte[] bytes = stored(SMALL);
        store.close();
        store = open(HASTY);
        proxy.fail("^GET", 1, FaultyProxy.slowDownload(1, 500));
        assertThatIOException()
                .isThrownBy(() -> ObjectStoreContract.bytes(store, ObjectStoreContract.sha256(bytes)))
                .withMessageContaining("too long to wait")
                .withMessageContaining("try again");
    }

    @Test
    void whoReadsMayStopAtAnyByte() throws Exception {
        byte[] bytes = stored(LARGE);
        for (int i = 0; i < 3; i++) {
            try (InputStream in = store.open(ObjectStoreContract.sha256(bytes))) {
                assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
            }
        }
        assertThatOnlyIsThere(bytes);
    }

    @Test
    void whoComesSecondDoesNotOverwrite() throws Exception {
        byte[] bytes = stored(SMALL);
        // As if it had been stored between the question and the upload.
        proxy.fail("^HEAD", 1, FaultyProxy.answer(404, ""));
        assertThat(store.put(file(bytes), ObjectStoreContract.sha256(bytes))).isFalse();
        assertThatOnlyIsThere(bytes);
    }

    @Test
    void whoComesSecondWithPartsDoesNotOverwriteAndTakesThemAway() throws Exception {
        byte[] bytes = stored(LARGE);
        proxy.fail("^HEAD", 1, FaultyProxy.answer(404, ""));
        // S3Mock, unlike a service, would take away the object with the parts.
        proxy.fail("^DELETE.*uploadId", 1, FaultyProxy.answer(204, ""));
        assertThat(store.put(file(bytes), ObjectStoreContract.sha256(bytes))).isFalse();
        assertThat(proxy.requests()).anyMatch(request -> request.matches("DELETE .*uploadId.*"));
        assertThat(ObjectStoreContract.bytes(store, ObjectStoreContract.sha256(bytes)))
                .isEqualTo(bytes);
    }

    @Test
    void anUploadThatGotInTheWayIsWaitedForOnlyIfItEnded() throws Exception {
        byte[] bytes = ObjectStoreContract.noise(SMALL);
        String sha256 = ObjectStoreContract.sha256(bytes);
        proxy.fail("^PUT", 1, FaultyProxy.answer(409, "ConditionalRequestConflict"));
        assertThat(store.put(file(bytes), sha256)).isTrue();
        proxy.fail("^HEAD", 1, FaultyProxy.answer(404, ""));
        proxy.fail("^PUT", 1, FaultyProxy.answer(409, "ConditionalRequestConflict"));
        assertThat(store.put(file(bytes), sha256)).isFalse();
        assertThatOnlyIsThere(bytes);
        store.delete(sha256);
        proxy.fail("^PUT", ALWAYS, FaultyProxy.answer(409, "ConditionalRequestConflict"));
        assertThatIOException().isThrownBy(() -> store.put(file(bytes), sha256)).withMessageContaining("refuses");
    }

    @Test
    void aServiceWithoutConditionsIsServedWithout() throws Exception {
        FaultyProxy.Fault unknown = exchange -> {
            if (exchange.has("if-none-match:")) {
                FaultyProxy.answer(501, "NotImplemented").happen(exchange);
            } else {
                exchange.pass(Long.MAX_VALUE);
            }
        };
        proxy.fail("^PUT", ALWAYS, unknown);
        proxy.fail("^POST", ALWAYS, unknown);
        byte[] small = stored(SMALL);
        byte[] large = stored(LARGE);
        assertThat(ObjectStoreContract.bytes(store, ObjectStoreContract.sha256(small)))
                .isEqualTo(small);
        assertThat(ObjectStoreContract.bytes(store, ObjectStoreContract.sha256(large)))
                .isEqualTo(large);
        assertThatNoUploadIsLeft();
    }

    @Test
    void aBucketThatIsNotThereIsNamedWhateverIsAsked() throws Exception {
        String sha256 = ObjectStoreContract.sha256(new byte[0]);
        Path file = file(new byte[0]);
        for (Asking asking : List.<Asking>of(
                none -> none.put(file, sha256),
                none -> none.replace(file, sha256),
                none -> none.has(sha256),
                none -> none.open(sha256).close(),
                none -> none.delete(sha256),
                none -> none.list(each -> {}))) {
            try (ObjectStore none =
                    ObjectStore.at("s3://nobodys/mixes?path_style=true&endpoint=" + S3Mock.endpoint())) {
                assertThatIOException()
                        .isThrownBy(() -> asking.ask(none))
                        .withMessageStartingWith("s3://nobodys/mixes/ at http://127.0.0.1")
                        .withMessageContaining("there is no bucket nobodys");
            }
        }
    }

    private interface Asking {
        void ask(ObjectStore store) throws IOException;
    }

    @Test
    void whatIsForbiddenSaysWhichPermissionsAreNeeded() throws Exception {
        proxy.fail(".", ALWAYS, FaultyProxy.answer(403, "AccessDenied"));
        for (Asking asking :
                List.<Asking>of(all -> stored(1), all -> all.list(each -> {}), all -> all.open("0".repeat(64)))) {
            assertThatIOException()
                    .isThrownBy(() -> asking.ask(store))
                    .withMessageContaining("access is denied (403")
                    .withMessageContaining("s3:PutObject");
        }
    }

    @Test
    void aServiceThatIsNotThereIsNamed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (ObjectStore nowhere = ObjectStore.at(place(port))) {
            assertThatIOException()
                    .isThrownBy(() -> nowhere.has("0".repeat(64)))
                    .withMessageContaining("cannot be reached")
                    .withMessageContaining("http://127.0.0.1:" + port)
                    .withMessageContaining("check the endpoint");
        }
    }

    @Test
    void withoutCredentialsIsSaidHowToGiveThem() throws Exception {
        StorePut.Outcome outcome = StorePut.run(
                List.of(),
                System.getProperty("java.class.path"),
                Map.of(),
                place(proxy.port()),
                file(new byte[1]),
                ObjectStoreContract.sha256(new byte[1]));
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.text())
                .startsWith("s3://" + bucket)
                .contains("no credentials")
                .contains("AWS_ACCESS_KEY_ID")
                .contains("AWS_PROFILE");
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void withoutARegionIsSaidHowToGiveIt() throws Exception {
        StorePut.Outcome outcome = StorePut.run(
                List.of(),
                System.getProperty("java.class.path"),
                S3Mock.CREDENTIALS,
                "s3://mixes",
                file(new byte[1]),
                ObjectStoreContract.sha256(new byte[1]));
        assertThat(outcome)
                .isEqualTo(new StorePut.Outcome(3, "s3://mixes/: no region is known; add ?region=… or set AWS_REGION"));
    }

    @Test
    void anInterruptedThreadStops() throws Exception {
        byte[] bytes = ObjectStoreContract.noise(SMALL);
        Path file = file(bytes);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> store.put(file, ObjectStoreContract.sha256(bytes)))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThatNothingIsThere();
    }
}
