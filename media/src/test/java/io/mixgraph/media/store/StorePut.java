package io.mixgraph.media.store;

import io.mixgraph.media.testing.HaltingLoggerFinder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process that stores one file, for what only happens to processes. */
final class StorePut {
    private StorePut() {}

    /**
     * How it ended, and what it said: {@code stored}, {@code there}, the message of a failure, or where it was halted.
     */
    record Outcome(int exit, String text) {}

    public static void main(String[] args) {
        try (ObjectStore store = ObjectStore.at(args[0])) {
            System.out.println(store.put(Path.of(args[1]), args[2]) ? "stored" : "there");
        } catch (IOException e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
    }

    /** Stores a file in another process, which is halted at a step; 0 for none. */
    static Outcome run(String place, Path file, String sha256, int haltAtStep) throws Exception {
        Map<String, String> environment = new HashMap<>(S3Mock.CREDENTIALS);
        if (haltAtStep > 0) {
            environment.put(HaltingLoggerFinder.HALT_AT_STEP, Integer.toString(haltAtStep));
        }
        return run(List.of(), System.getProperty("java.class.path"), environment, place, file, sha256);
    }

    /** The same behind a command of the system, which is given the process's own as its arguments. */
    static Outcome run(
            List<String> before,
            String classPath,
            Map<String, String> environment,
            String place,
            Path file,
            String sha256)
            throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                classPath,
                StorePut.class.getName(),
                place,
                file.toString(),
                sha256));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", "none");
        builder.environment().put("AWS_CONFIG_FILE", "none");
        builder.environment().keySet().removeAll(S3Mock.CREDENTIALS.keySet());
        builder.environment().keySet().removeAll(List.of("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text.strip());
    }
}
