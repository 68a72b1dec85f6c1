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

    /** A proof failed. */
    static Failure unproven(String sentence) {
        return new Failure(ExitCode.UNPROVEN, sentence);
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
        String sentence = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof FileSystemException system) {
            String reason = system.getReason() == null ? e.getClass().getSimpleName() : system.getReason();
            // Of a file that is to be renamed, people know the name it is to have.
            String file = system.getOtherFile() == null ? system.getFile() : system.getOtherFile();
            sentence = file == null ? reason : file + ": " + reason;
        }
        return sentence + advice(sentence.toLowerCase(Locale.ROOT));
    }

    /** What to do about it, for what the system says and people may not know. */
    private static String advice(String sentence) {
        if (sentence.contains("too many open files")) {
            return "; allow more (ulimit -n), or use fewer sources at a time";
        }
        if (sentence.contains("no space left") || sentence.contains("disk quota exceeded")) {
            return "; nothing was published; make room or choose another folder";
        }
        if (sentence.contains("read-only file system")) {
            return "; choose another folder";
        }
        if (sentence.endsWith("not a directory")) {
            return "; a part of this path is a file";
        }
        if (sentence.endsWith("is a directory")) {
            return "; a file is wanted here";
        }
        return "";
    }
}
