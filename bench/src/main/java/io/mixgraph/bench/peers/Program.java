package io.mixgraph.bench.peers;

import io.mixgraph.bench.Job;
import java.util.List;

/**
 * What does a whole job: a program, or several one after another. Its script is a POSIX shell script that runs in the
 * job's folder, where a reader can run it again, and leaves {@code out/ID/master.wav} and {@code out/ID/stems/BUS.wav}.
 */
interface Program {
    /** A word for files. */
    String id();

    /** A name for tables. */
    String name();

    /** What prints its version in its first line that is not empty. */
    List<String> versionCommand();

    /** What a reader should know of how it does the job. */
    String remark();

    /** How many programs its script starts for a job, one after another or side by side. */
    int invocations(Job job);

    String script(Job job);

    /** Where its files go, relative to the job's folder. */
    default String folder() {
        return "out/" + id();
    }
}
