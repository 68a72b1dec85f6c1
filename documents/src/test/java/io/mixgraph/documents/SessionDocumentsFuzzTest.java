package io.mixgraph.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mixgraph.model.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the bytes, reading gives a session or located problems: no exception, no endless time. In a plain test run
 * each committed seed is read; with {@code JAZZER_FUZZ=1} Jazzer looks for more.
 */
class SessionDocumentsFuzzTest {
    @FuzzTest
    void readsAnything(byte[] bytes) {
        fuzzerTestOneInput(bytes);
    }

    /** Mutations of written sessions: bytes changed, removed, doubled, or exchanged for what formats find special. */
    @ParameterizedTest
    @EnumSource(DocumentFormat.class)
    void readsMutatedDocuments(DocumentFormat format) {
        String[] special = {
            "\"", "'", "{", "}", "[", "]", ",", ":", "-", "\n", "\t", "\r", "#", "&a ", "*a", "!a ", "|", ">", "%", "@",
            "? ", "---\n", "...\n", "<<", "~", "null", ".nan", "1e999", "-0", "0x", "\\u", "\u0000", "\uFEFF", "\u0085"
        };
        for (long seed = 0; seed < 25; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder(
                    SessionDocuments.write(RandomSessions.next(new SplittableRandom(seed % 40)), format));
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                int at = random.nextInt(text.length());
                int end = Math.min(text.length(), at + random.nextInt(1, 12));
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(at, end);
                    case 1 -> text.insert(at, text.substring(at, end));
                    case 2 -> text.insert(at, special[random.nextInt(special.length)]);
                    default -> text.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65536));
                }
                text.append(text.isEmpty() ? "x" : "");
            }
            fuzzerTestOneInput(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void readsRandomBytes() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            fuzzerTestOneInput(bytes);
        }
    }

    /** The fuzzers' entry. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        for (DocumentFormat format : DocumentFormat.values()) {
            SessionDocument document = SessionDocuments.read(bytes, "fuzz", format, Path.of(""));
            Session session = document.session();
            for (LocatedProblem problem : document.problems()) {
                if (problem.place().line() < 1 || problem.place().column() < 1) {
                    throw new AssertionError(problem + " is nowhere");
                }
            }
            assertThat(document.sourceProblems(false)).isNotNull();
            if (document.problems().isEmpty()) {
                String text = SessionDocuments.write(session, format);
                assertThat(SessionDocuments.read(text, "written", format).session())
                        .as("%s of %s", text, Arrays.toString(bytes))
                        .isEqualTo(session);
            }
        }
    }
}
