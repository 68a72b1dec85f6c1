package io.mixgraph.media.testing;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Kills this process at a step of what it does: the environment variable {@value #HALT_AT_STEP} says at which, counted
 * from 1 over all records of the logger {@code io.mixgraph.steps}. Nothing runs after the step, no handler and no
 * {@code finally}, as when the machine goes away. Without the variable all goes to {@code java.util.logging}, as it
 * does without this class.
 */
public final class HaltingLoggerFinder extends System.LoggerFinder {
    public static final String HALT_AT_STEP = "MIXGRAPH_HALT_AT_STEP";

    /** How a process ends that was halted: as one that was killed by signal 9. */
    public static final int HALTED = 137;

    private static final String STEPS = "io.mixgraph.steps";

    @Override
    public System.Logger getLogger(String name, Module module) {
        @Nullable String step = System.getenv(HALT_AT_STEP);
        System.Logger usual = new UsualLogger(java.util.logging.Logger.getLogger(name));
        return step != null && name.equals(STEPS) ? new HaltingLogger(usual, Integer.parseInt(step)) : usual;
    }

    private record UsualLogger(java.util.logging.Logger logger) implements System.Logger {
        @Override
        public String getName() {
            return logger.getName();
        }

        @Override
        public boolean isLoggable(Level level) {
            return logger.isLoggable(usual(level));
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
            logger.log(usual(level), text, thrown);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
            if (isLoggable(level)) {
                logger.log(usual(level), values == null ? format : MessageFormat.format(format, values));
            }
        }

        private static java.util.logging.Level usual(Level level) {
            return switch (level) {
                case ALL -> java.util.logging.Level.ALL;
                case TRACE -> java.util.logging.Level.FINER;
                case DEBUG -> java.util.logging.Level.FINE;
                case INFO -> java.util.logging.Level.INFO;
                case WARNING -> java.util.logging.Level.WARNING;
                case ERROR -> java.util.logging.Level.SEVERE;
                case OFF -> java.util.logging.Level.OFF;
            };
        }
    }

    private static final class HaltingLogger implements System.Logger {
        private static final AtomicInteger COUNT = new AtomicInteger();

        private final System.Logger usual;
        private final int haltAt;

        HaltingLogger(System.Logger usual, int haltAt) {
            this.usual = usual;
            this.haltAt = haltAt;
        }

        @Override
        public String getName() {
            return usual.getName();
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
            step(text);
            usual.log(level, bundle, text, thrown);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
            step(format);
            usual.log(level, bundle, format, values);
        }

        private void step(String name) {
            int count = COUNT.incrementAndGet();
            if (count == haltAt) {
                System.err.println("halted at step " + count + ": " + name);
                System.err.flush();
                Runtime.getRuntime().halt(HALTED);
            }
        }
    }
}
