package io.mixgraph.codecs;

import io.mixgraph.model.Tags;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that FLAC and Opus files have for tags (Xiph.org, Ogg Vorbis I: comment field and header). */
final class VorbisComments {
    private VorbisComments() {}

    /** All tags but loudness and cover, in a fixed order. */
    static Map<String, String> of(Description description) {
        Tags tags = description.tags();
        Map<String, String> comments = new LinkedHashMap<>();
        put(comments, "TITLE", tags.title());
        put(comments, "ARTIST", tags.artist());
        put(comments, "ALBUM", tags.album());
        put(comments, "ALBUMARTIST", tags.albumArtist());
        put(comments, "TRACKNUMBER", tags.track() == null ? null : Integer.toString(tags.track()));
        put(comments, "DATE", tags.date());
        put(comments, "GENRE", tags.genre());
        put(comments, "ISRC", description.isrc());
        put(comments, "DESCRIPTION", tags.comment());
        return comments;
    }

    /**
     * The same with the loudness and the cover as Opus has them (RFC 7845, 5.2.1; the picture as FLAC's, in Base64).
     */
    static Map<String, String> ofOpus(Description description) {
        Map<String, String> comments = of(description);
        put(comments, "R128_TRACK_GAIN", description.r128Gain());
        Cover cover = description.cover();
        if (cover != null) {
            comments.put("METADATA_BLOCK_PICTURE", Base64.getEncoder().encodeToString(cover.flacPicture()));
        }
        return comments;
    }

    private static void put(Map<String, String> comments, String key, @Nullable String value) {
        String text = Description.text(value);
        if (text != null) {
            comments.put(key, text);
        }
    }
}
