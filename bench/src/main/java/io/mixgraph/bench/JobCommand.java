package io.mixgraph.bench;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a job into a folder: {@code bench/job M DIR}. */
public final class JobCommand {
    private JobCommand() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: bench/job JOB DIR, where JOB is S, M, L, or tracks and seconds such as 24x180");
            System.exit(2);
        }
        Job job;
        try {
            job = Job.of(arguments[0]);
        } catch (IllegalArgumentException e) {
            System.err.println("bench/job: " + e.getMessage());
            System.exit(2);
            return;
        }
        Path folder = Path.of(arguments[1]);
        JobFiles.write(job, folder);
        System.out.println(folder.resolve("session.yaml"));
    }
}
