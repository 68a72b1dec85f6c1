package io.mixgraph.cli;

/** What the process says when it ends. */
final class ExitCode {
    /** All done. */
    static final int DONE = 0;
    /** A defect of Mixgraph. */
    static final int DEFECT = 1;
    /** The session or the command line is wrong. */
    static final int INVALID = 2;
    /** A file could not be read or written. */
    static final int FAILED = 3;
    /** A proof failed: what was rendered is not what was promised, or no longer what was rendered. */
    static final int UNPROVEN = 4;
    /** Stopped by the user: 128 and the number of SIGINT, as shells say it. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
