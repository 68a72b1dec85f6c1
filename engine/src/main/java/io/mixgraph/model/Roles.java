package io.mixgraph.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** What tracks are, in the words that people use: {@code kick}, {@code lead_vocal}. */
public final class Roles {
    /** In a bus's {@code track_roles}: every track that no bus claims, and every track without a role. */
    public static final String ANY = "*";

    private static final Pattern SEPARATORS = Pattern.compile("[\\s_-]+");
    private static final Pattern ENDS = Pattern.compile("^[\\s_-]+|[\\s_-]+$");

    private Roles() {}

    /**
     * A role as it is compared: lower case, one underscore for each run of spaces, hyphens and underscores, none at the
     * ends. {@code "Lead Vocal"} and {@code lead-vocal} are {@code lead_vocal}.
     */
    public static String normalise(String role) {
        return SEPARATORS
                .matcher(ENDS.matcher(role).replaceAll(""))
                .replaceAll("_")
                .toLowerCase(Locale.ROOT);
    }
}
