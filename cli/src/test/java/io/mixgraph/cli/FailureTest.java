package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    /** What the system says of a file, and what to do about it. */
    @ParameterizedTest
    @CsvSource({
        "No space left on device, 'a.wav: No space left on device; nothing was published; make room or choose another folder'",
        "Disk quota exceeded, 'a.wav: Disk quota exceeded; nothing was published; make room or choose another folder'",
        "Read-only file system, a.wav: Read-only file system; choose another folder",
        "Too many open files, 'a.wav: Too many open files; allow more (ulimit -n), or use fewer sources at a time'",
        "Not a directory, 'a.wav: Not a directory; a part of this path is a file'",
        "Is a directory, 'a.wav: Is a directory; a file is wanted here'",
        "Input/output error, a.wav: Input/output error",
    })
    void whereWhatAndWhatToDo(String reason, String sentence) {
        assertThat(Failure.sentence(new FileSystemException("a.wav", null, reason)))
                .isEqualTo(sentence);
        assertThat(Failure.sentence(new IOException("a.wav: " + reason))).isEqualTo(sentence);
    }

    @Test
    void thePlaceThatTheEngineNamesStays() {
        assertThat(Failure.sentence(
                        new IOException("out/master.wav: frame 42: cannot be written: No space left on device")))
                .startsWith("out/master.wav: frame 42: cannot be written: No space left on device; ");
    }

    @Test
    void noReasonIsStillASentence() {
        assertThat(Failure.sentence(new NoSuchFileException("a.wav"))).isEqualTo("there is no file a.wav");
        assertThat(Failure.sentence(new FileSystemException("a.wav"))).isEqualTo("a.wav: FileSystemException");
        assertThat(Failure.sentence(new IOException())).isEqualTo("IOException");
    }
}
