package io.mixgraph.media.store;

import static java.lang.System.Logger.Level.TRACE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in a bucket: {@code PREFIX/ab/cdef…}. A file of more than {@value #PART_BYTES} bytes goes in parts, and is
 * there only when the last has come; the parts of a process that was killed stay unseen until the bucket's own rule for
 * unfinished uploads takes them away. What is sent is what was hashed: a part is read once, and its digest goes with it
 * for the service to check. Requests are repeated by the standard rules of the SDK.
 */
final class S3Objects implements ObjectStore {
    private static final System.Logger STEPS = System.getLogger("io.mixgraph.steps");

    /** The least part there is, but for larger files: a service takes no more than so many. */
    static final long PART_BYTES = 8 << 20;

    private static final long MOST_PARTS = 10_000;

    /** How often an upload is begun anew that another one of the same object got in the way of. */
    private static final int CONFLICTS = 3;

    private final S3Place place;
    private final Patience patience;
    private final S3Client client;
    private volatile boolean bucketSeen;

    private S3Objects(S3Place place, Patience patience, S3Client client) {
        this.place = place;
        this.patience = patience;
        this.client = client;
    }

    static S3Objects open(S3Place place) throws IOException {
        return open(place, Patience.USUAL);
    }

    static S3Objects open(S3Place place, Patience patience) throws IOException {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(patience.connect())
                        .socketTimeout(patience.silence()))
                .forcePathStyle(place.pathStyle())
                // We give and check digests ourselves; what else the SDK adds, not every service understands.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                .overrideConfiguration(
                        all -> all.retryStrategy(RetryMode.STANDARD).apiCallAttemptTimeout(patience.forBytes(0)));
        if (place.endpoint() != null) {
            builder.endpointOverride(place.endpoint()).region(Region.US_EAST_1);
        }
        if (place.region() != null) {
            builder.region(Region.of(place.region()));
        }
        try {
            return new S3Objects(place, patience, builder.build());
        } catch (SdkException e) {
            throw new IOException(place + ": no region is known; add ?region=… or set AWS_REGION", e);
        }
    }

    private String key(String sha256) {
        return place.prefix() + Sha256.path(sha256);
    }

    private String name(String sha256) {
        return S3Place.SCHEME + place.bucket() + "/" + key(sha256);
    }

    @Override
    public boolean put(Path file, String sha256) throws IOException {
        long there = size(sha256);
        if (there >= 0 && there == WholeFile.sizeOf(file)) {
            return false;
        }
        return upload(file, sha256, there < 0);
    }

    @Override
    public void replace(Path file, String sha256) throws IOException {
        upload(file, sha256, false);
    }

    /** Uploads a file; false when it was to be done only unless the object is there, and it is. */
    private boolean upload(Path file, String sha256, boolean unlessThere) throws IOException {
        boolean conditional = unlessThere;
        int conflicts = 0;
        while (true) {
            try {
                send(file, sha256, conditional ? "*" : null);
                return true;
            } catch (S3Exception e) {
                if (conditional && e.statusCode() == 412) {
                    return false;
                }
                if (conditional && e.statusCode() == 409 && ++conflicts < CONFLICTS) {
                    // Another upload of it was under way. Whether that one came to its end, only asking tells.
                    if (has(sha256)) {
                        return false;
                    }
                } else if (conditional && e.statusCode() == 501) {
                    // A service without conditions. The same bytes twice do no harm.
                    conditional = false;
                } else {
                    throw failure(e);
                }
            } catch (SdkException e) {
                throw failure(e);
            } catch (FileSystemException e) {
                throw WholeFile.explained(file, e);
            }
        }
    }

    private void send(Path file, String sha256, @Nullable String ifNoneMatch) throws IOException {
        String key = key(sha256);
        long size = WholeFile.sizeOf(file);
        long partBytes = Math.max(PART_BYTES, (size + MOST_PARTS - 1) / MOST_PARTS);
        byte[] part = new byte[Math.toIntExact(Math.min(partBytes, size + 1))];
        try (InputStream in = Files.newInputStream(file)) {
            if (size > partBytes) {
                sendParts(in, file, size, part, sha256, ifNoneMatch);
                return;
            }
            int length = in.readNBytes(part, 0, part.length);
            MessageDigest digest = Sha256.digest();
            digest.update(part, 0, length);
            check(file, digest, sha256);
            STEPS.log(TRACE, "object verified");
            client.putObject(
                    put -> put.bucket(place.bucket())
                            .key(key)
                            .ifNoneMatch(ifNoneMatch)
                            .checksumSHA256(base64(part, length))
                            .overrideConfiguration(patient(length)),
                    body(part, length));
            STEPS.log(TRACE, "object uploaded");
        }
    }

    private void sendParts(
            InputStream in, Path file, long size, byte[] part, String sha256, @Nullable String ifNoneMatch)
            throws IOException {
        String key = key(sha256);
        String upload = client.createMultipartUpload(
                        create -> create.bucket(place.bucket()).key(key).checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        try {
            STEPS.log(TRACE, "upload begun");
            MessageDigest digest = Sha256.digest();
            List<CompletedPart> parts = new ArrayList<>();
            for (int length = in.readNBytes(part, 0, part.length);
                    length > 0;
                    length = in.readNBytes(part, 0, part.length)) {
                digest.update(part, 0, length);
                parts.add(sendPart(key, upload, parts.size() + 1, part, length));
                STEPS.log(TRACE, "part uploaded");
            }
            check(file, digest, sha256);
            STEPS.log(TRACE, "object verified");
            complete(sha256, size, upload, parts, ifNoneMatch);
            STEPS.log(TRACE, "object uploaded");
        } catch (IOException | RuntimeException | Error e) {
            try {
                client.abortMultipartUpload(
                        abort -> abort.bucket(place.bucket()).key(key).uploadId(upload));
            } catch (SdkException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private CompletedPart sendPart(String key, String upload, int number, byte[] part, int length) {
        String checksum = base64(part, length);
        String tag = client.uploadPart(
                        request -> request.bucket(place.bucket())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumSHA256(checksum)
                                .overrideConfiguration(patient(length)),
                        body(part, length))
                .eTag();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(tag)
                .checksumSHA256(checksum)
                .build();
    }

    private void complete(
            String sha256, long size, String upload, List<CompletedPart> parts, @Nullable String ifNoneMatch)
            throws IOException {
        try {
            client.completeMultipartUpload(complete -> complete.bucket(place.bucket())
                    .key(key(sha256))
                    .uploadId(upload)
                    .ifNoneMatch(ifNoneMatch)
                    .multipartUpload(all -> all.parts(parts))
                    // A service may put the parts together before it answers.
                    .overrideConfiguration(patient(size)));
        } catch (NoSuchUploadException e) {
            // So it is when the answer to a first request was lost and a second was sent.
            if (size(sha256) != size) {
                throw e;
            }
        }
    }

    /** Refuses what is not the file that was to be stored. */
    private static void check(Path file, MessageDigest digest, String sha256) throws IOException {
        String found = Sha256.hex(digest.digest());
        if (!found.equals(sha256)) {
            throw new IOException(file + " has the SHA-256 " + found + " and not " + sha256
                    + ": it was changed, so it is not stored; render again");
        }
    }

    /** The bytes to send, which are not copied: the array stays as it is until they are sent. */
    private static RequestBody body(byte[] bytes, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
    }

    private static String base64(byte[] bytes, int length) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes, 0, length);
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private AwsRequestOverrideConfiguration patient(long bytes) {
        Duration allowed = patience.forBytes(bytes);
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(allowed)
                .build();
    }

    @Override
    public boolean has(String sha256) throws IOException {
        return size(sha256) >= 0;
    }

    @Override
    public long size(String sha256) throws IOException {
        String key = key(sha256);
        try {
            return client.headObject(head -> head.bucket(place.bucket()).key(key))
                    .contentLength();
        } catch (SdkException e) {
            if (!isMissing(e)) {
                throw failure(e);
            }
            checkBucket();
            return -1;
        }
    }

    private static boolean isMissing(SdkException e) {
        return e instanceof AwsServiceException answer
                && answer.statusCode() == 404
                && !"NoSuchBucket".equals(code(answer));
    }

    /** Fails when there is no bucket: for an object that is not there, a service need not say why. */
    private void checkBucket() throws IOException {
        if (!bucketSeen) {
            try {
                client.headBucket(head -> head.bucket(place.bucket()));
            } catch (AwsServiceException e) {
                if (e.statusCode() == 404) {
                    throw noBucket(e);
                }
                // To ask for a bucket takes a permission that nothing else here needs.
            } catch (SdkException e) {
                throw failure(e);
            }
            bucketSeen = true;
        }
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        String key = key(sha256);
        try {
            ResponseInputStream<GetObjectResponse> body =
                    client.getObject(get -> get.bucket(place.bucket()).key(key), ResponseTransformer.toInputStream());
            return new VerifiedStream(
                    new PatientStream<>(body, patience),
                    name(sha256),
                    body.response().contentLength(),
                    sha256);
        } catch (SdkException e) {
            throw isMissing(e) ? new MissingObjectException(name(sha256)) : failure(e);
        }
    }

    @Override
    public void delete(String sha256) throws IOException {
        String key = key(sha256);
        try {
            client.deleteObject(delete -> delete.bucket(place.bucket()).key(key));
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    @Override
    public void list(Consumer<Stored> each) throws IOException {
        try {
            for (S3Object object : client.listObjectsV2Paginator(
                            list -> list.bucket(place.bucket()).prefix(place.prefix()))
                    .contents()) {
                String path = object.key().substring(place.prefix().length());
                String sha256 = path.replace("/", "");
                if (Sha256.isName(sha256) && path.equals(Sha256.path(sha256))) {
                    each.accept(new Stored(sha256, object.size()));
                }
            }
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
    }

    private IOException noBucket(SdkException e) {
        return new IOException(
                place + ": there is no bucket " + place.bucket()
                        + "; make it, or check its name, the region and the endpoint",
                e);
    }

    /** A failure in words for people: where, what, and what to do. */
    private IOException failure(SdkException e) {
        if (e instanceof AbortedException) {
            return WholeFile.interrupted(toString(), e);
        }
        if (e instanceof AwsServiceException answer) {
            return refusal(answer);
        }
        return new IOException(place + ": " + trouble(e), e);
    }

    private IOException refusal(AwsServiceException e) {
        String code = code(e);
        if (code.equals("NoSuchBucket")) {
            return noBucket(e);
        }
        String said = e.statusCode() + (code.isEmpty() ? "" : " " + code);
        String advice;
        if (e.statusCode() == 401 || e.statusCode() == 403) {
            advice = "access is denied (" + said + "); check the credentials, and that they allow s3:GetObject,"
                    + " s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload and s3:ListBucket";
        } else if (e.statusCode() == 301 || code.equals("AuthorizationHeaderMalformed")) {
            advice = "the bucket is in another region (" + said + "); give its own with ?region=…";
        } else if (e.statusCode() >= 500 || e.statusCode() == 429) {
            advice = "the service fails (" + said + "), also when asked again; try later";
        } else {
            advice = "the service refuses: " + e.getMessage();
        }
        return new IOException(place + ": " + advice, e);
    }

    private String trouble(SdkException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Unable to load credentials")) {
            return "no credentials are found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for those"
                    + " in ~/.aws";
        }
        if (e instanceof ApiCallAttemptTimeoutException) {
            return "no answer came in time; check the connection and the endpoint";
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof ConnectException) {
                return "the service cannot be reached (" + cause.getMessage() + "); check the endpoint and the network"
                        + (place.endpoint() == null || place.pathStyle() ? "" : ", or add path_style=true");
            }
        }
        return "the connection failed (" + message + "); check it and try again";
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
