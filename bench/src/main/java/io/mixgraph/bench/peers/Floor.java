package io.mixgraph.bench.peers;

import io.mixgraph.bench.Job;
import java.util.List;

/** What no program can do without: it reads every input and writes as many bytes as a job's files have. */
record Floor() implements Program {
    static final String ID = "floor";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "floor: reads and writes alone";
    }

    @Override
    public List<String> versionCommand() {
        return List.of("cat", "--version");
    }

    @Override
    public String remark() {
        return "Mixes nothing: reads every input and writes as many bytes as the files have.";
    }

    @Override
    public int invocations(Job job) {
        return 2;
    }

    @Override
    public String script(Job job) {
        return "set -e\nmkdir -p " + folder() + "\ncat audio/*.wav > /dev/null\ndd if=/dev/zero of=" + folder()
                + "/bytes bs=256K iflag=count_bytes count=" + job.outputBytes() + " 2> /dev/null\n";
    }
}
