package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import io.mixgraph.wav.WavTags;
import org.jspecify.annotations.Nullable;

/** What files say of themselves, in the way of each container. */
public record Tags(
        @Parameter(doc = "The title; the session's name when absent.") @Nullable
        String title,

        @Parameter(doc = "Who performs it.") @Nullable String artist,

        @Parameter(doc = "The album it belongs to.") @Nullable
        String album,

        @Parameter(doc = "Whose album that is, when it is not the artist's.") @Nullable
        String albumArtist,

        @Parameter(doc = "Its number on the album.", min = 1, max = 9999) @Nullable
        Integer track,

        @Parameter(doc = "When it was released: 2026, or 2026-11-25.") @Nullable
        String date,

        @Parameter(doc = "The genre.") @Nullable String genre,

        @Parameter(doc = "The International Standard Recording Code: 12 letters and digits, hyphens allowed.") @Nullable
        String isrc,

        @Parameter(doc = "Anything else.") @Nullable String comment,

        @Parameter(doc = "A picture, JPEG or PNG; its path as a source's.") @Nullable
        String cover) {
    /** Nothing said. */
    public static final Tags NONE = new Tags(null, null, null, null, null, null, null, null, null, null);

    /** The same, with a title when it has none. */
    public Tags titled(String otherwise) {
        return title != null
                ? this
                : new Tags(otherwise, artist, album, albumArtist, track, date, genre, isrc, comment, cover);
    }

    /** What of them a WAV file says: all but the album's artist and the cover. */
    public WavTags wav() {
        return new WavTags(title, artist, album, track, date, genre, comment, isrc);
    }
}
