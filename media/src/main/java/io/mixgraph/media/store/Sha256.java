package io.mixgraph.media.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The names of objects: SHA-256 in 64 lower-case hexadecimal digits. */
final class Sha256 {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Where an object is below its place: {@code ab/cdef…}. No other text becomes a path. */
    static String path(String sha256) {
        if (!isName(sha256)) {
            throw new IllegalArgumentException(
                    "an object is named by 64 lower-case hexadecimal digits, not by " + sha256);
        }
        return sha256.substring(0, 2) + "/" + sha256.substring(2);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
