package io.mixgraph.bench.peers;

import io.mixgraph.bench.Job;
import java.util.ArrayList;
import java.util.List;

/** Scripts that make each stem in a function of the shell, named as its bus. */
final class BusFunctions {
    private BusFunctions() {}

    /** The strips of one bus. */
    static List<Job.Strip> members(Job job, int bus) {
        return job.strips().stream().filter(strip -> strip.bus() == bus).toList();
    }

    /**
     * Calls the functions and waits for all.
     *
     * @param atOnce how many run side by side
     */
    static String call(Job job, int atOnce) {
        int lanes = Math.min(atOnce, job.buses().size());
        StringBuilder text = new StringBuilder();
        for (int lane = 0; lane < lanes; lane++) {
            List<String> calls = new ArrayList<>();
            for (int b = lane; b < job.buses().size(); b += lanes) {
                calls.add(job.buses().get(b).id());
            }
            text.append('(').append(String.join("; ", calls)).append(") &\n");
        }
        return text.append("wait\n").toString();
    }
}
