package io.mixgraph.media;

import java.util.List;

/**
 * What was found when a registry was compared with its store.
 *
 * @param artifacts how many were looked at
 * @param objects how many different objects they are
 * @param bytes how much was read
 * @param faults artifacts whose bytes are not there or not what they were
 * @param strays objects that no artifact needs; {@code gc} deletes them
 */
public record Verification(long artifacts, long objects, long bytes, List<Fault> faults, long strays) {
    public Verification {
        faults = List.copyOf(faults);
    }

    /** Whether every artifact has its bytes. */
    public boolean clean() {
        return faults.isEmpty();
    }

    /**
     * An object that is not what it should be.
     *
     * @param sha256 under which it is kept
     * @param problem what is wrong: missing, or damaged in which way
     * @param artifacts the ids of those that need it
     */
    public record Fault(String sha256, String problem, List<String> artifacts) {
        public Fault {
            artifacts = List.copyOf(artifacts);
        }
    }
}
