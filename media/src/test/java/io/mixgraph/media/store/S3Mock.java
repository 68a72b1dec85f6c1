package io.mixgraph.media.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service that speaks S3, in a process of its own: one for all tests, ended with them. */
final class S3Mock {
    /** It takes any, but the SDK sends nothing without. */
    static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "tester", "AWS_SECRET_ACCESS_KEY", "no secret");

    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports? .*?(\\d+) \\(http\\)");
    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static final int PORT = start();

    private S3Mock() {}

    private static int start() {
        System.setProperty("aws.accessKeyId", "tester");
        System.setProperty("aws.secretAccessKey", "no secret");
        try {
            Path folder = Files.createDirectories(Path.of("target/s3mock").toAbsolutePath());
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-Djava.io.tmpdir=" + folder,
                            "-cp",
                            Files.readString(Path.of("target/s3mock.classpath")).strip(),
                            "com.adobe.testing.s3mock.S3MockApplication",
                            "--http.port=0",
                            "--server.port=0",
                            "--server.address=127.0.0.1")
                    .redirectErrorStream(true)
                    .start();
            // Asked to end, it takes its files away.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            // What hangs is ended, which ends what it says.
            process.onExit().orTimeout(120, TimeUnit.SECONDS);
            return port(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(Process process) throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                Thread rest = new Thread(() -> lines.lines().forEach(ignored -> {}), "s3mock-output");
                rest.setDaemon(true);
                rest.start();
                return Integer.parseInt(started.group(1));
            }
        }
        throw new IllegalStateException("S3Mock did not start:\n" + said);
    }

    static URI endpoint() {
        return URI.create("http://127.0.0.1:" + PORT);
    }

    /** Makes a bucket that nobody has used. */
    static String bucket() throws Exception {
        String bucket = "bucket-" + BUCKETS.incrementAndGet();
        send("PUT", bucket, new byte[0]);
        return bucket;
    }

    /** Sends a request past the SDK, and returns what is answered. */
    static String send(String method, String path, byte[] body) throws Exception {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(endpoint().resolve("/" + path))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + response.body());
        }
        return response.body();
    }
}
