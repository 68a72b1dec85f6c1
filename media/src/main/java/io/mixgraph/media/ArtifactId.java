package io.mixgraph.media;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What artifacts are named by: the first 32 hexadecimal digits of the SHA-256 of what they are. So the same thing has
 * one id, whoever renders it and wherever.
 */
final class ArtifactId {
    private static final int DIGITS = 32;
    private static final Pattern START = Pattern.compile("[0-9a-f]{4," + DIGITS + "}");

    private ArtifactId() {}

    /** The id of a file of a render. */
    static String of(RenderRecord render, RenderRecord.File file) {
        StringBuilder text = new StringBuilder("mixgraph artifact 1\n");
        line(text, "kind", file.kind().word());
        line(text, "name", file.name());
        line(text, "sha256", file.sha256());
        line(text, "start_frame", Long.toString(file.startFrame()));
        line(text, "end_frame", Long.toString(file.endFrame()));
        line(text, "sample_rate", Integer.toString(file.sampleRate()));
        line(text, "session", render.session());
        line(text, "graph_hash", render.graphHash());
        line(text, "node_digest", file.nodeDigest());
        line(text, "engine_version", render.engineVersion());
        line(text, "dsp_revision", Integer.toString(render.dspRevision()));
        byte[] digest = sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    }

    /** The length comes first: a name with line feeds in it is no other line. */
    private static void line(StringBuilder text, String field, @Nullable String value) {
        text.append(field);
        if (value != null) {
            text.append(' ').append(value.length()).append(' ').append(value);
        }
        text.append('\n');
    }

    /**
     * The digits that an id, or the beginning of one, consists of.
     *
     * @throws RegistryException when it is none
     */
    static String start(String text) throws RegistryException {
        String start = text.strip().toLowerCase(Locale.ROOT);
        if (!START.matcher(start).matches()) {
            throw RegistryException.request("\"" + text + "\" is no id of an artifact: one has " + DIGITS
                    + " hexadecimal digits, of which the first four or more are enough");
        }
        return start;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
