package io.mixgraph.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** What happens on the way, on stderr, up to the level that was asked for. */
final class Log {
    /** How much to say. */
    enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    private final Level level;
    private final PrintWriter err;

    Log(Level level, PrintWriter err) {
        this.level = level;
        this.err = err;
    }

    void error(String message) {
        say(Level.ERROR, message);
    }

    void warn(String message) {
        say(Level.WARN, message);
    }

    void info(String message) {
        say(Level.INFO, message);
    }

    void debug(String message) {
        say(Level.DEBUG, message);
    }

    private void say(Level of, String message) {
        if (of.compareTo(level) <= 0) {
            err.println(of.name().toLowerCase(Locale.ROOT) + ": " + message);
        }
    }
}
