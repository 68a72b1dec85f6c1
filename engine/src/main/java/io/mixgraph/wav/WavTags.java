package io.mixgraph.wav;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a WAV file says of the recording it holds. What is null or empty is not said.
 *
 * @param title the title
 * @param artist who performs it
 * @param album the album it belongs to
 * @param track its number on the album
 * @param date when it was released: 2026, or 2026-11-25
 * @param genre the genre
 * @param comment anything else
 * @param isrc the International Standard Recording Code (ISO 3901): 12 letters and digits; kept without hyphens, in
 *     capitals
 */
public record WavTags(
        @Nullable String title,
        @Nullable String artist,
        @Nullable String album,
        @Nullable Integer track,
        @Nullable String date,
        @Nullable String genre,
        @Nullable String comment,
        @Nullable String isrc) {
    /** Nothing said. */
    public static final WavTags NONE = new WavTags(null, null, null, null, null, null, null, null);

    private static final Pattern ISRC = Pattern.compile("[A-Z0-9]{12}");

    /** @throws IllegalArgumentException when the ISRC is none */
    public WavTags {
        if (isrc != null) {
            String written = isrc;
            isrc = written.replace("-", "").toUpperCase(Locale.ROOT);
            if (!isrc.isEmpty() && !ISRC.matcher(isrc).matches()) {
                throw new IllegalArgumentException("\"" + written + "\" is no ISRC: 12 letters and digits");
            }
        }
    }
}
