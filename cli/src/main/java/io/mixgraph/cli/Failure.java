package io.mixgraph.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** A command cannot do what it was asked, and it is not Mixgraph's fault: a sentence for people and an exit code. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String sentence;

    private Failure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
        this.sentence = sentence;
    }

    /** What was asked for is wrong. */
    static Failure invalid(String sentence) {
        return new Failure(ExitCode.INVALID, sentence);
    }

    /** Reading or writing failed. */
    static Failure io(String sentence) {
        return new Failure(ExitCode.FAILED, sentence);
    }

    int exitCode() {
        return exitCode;
    }

    String sentence() {
        return sentence;
    }

    /** What an exception means, in a sentence that names the file. */
    static String sentence(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read or written: permission denied";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is in the way: it is a file where a folder is needed";
        }
        if (e instanceof NotDirectoryException file) {
            return file.getFile() + " is a file, not a folder";
        }
        if (e instanceof DirectoryNotEmptyException folder) {
            return folder.getFile() + " is in the way: it is a folder that holds something";
        }
        String reason = e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
        String file =
                e instanceof FileSystemException system && system.getFile() != null ? system.getFile() + ": " : "";
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("too many open files")) {
            return file + "too many open files; allow more (ulimit -n), or use fewer sources at a time";
        }
        if (lower.contains("no space left")) {
            return file + "the disk is full; nothing was published";
        }
        if (lower.equals("is a directory")) {
            return file + "this is a folder, not a file";
        }
        return e.getMessage() == null ? file + e.getClass().getSimpleName() : file + reason;
    }
}
