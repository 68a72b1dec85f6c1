package io.mixgraph.codecs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The {@code stem} box of a stem file: JSON with the names and colours of the four stems, and the settings of a
 * compressor and a limiter that players may have behind them, here turned off (Native Instruments, Stems, version 1).
 */
final class StemManifest {
    /** How many stems a file has. */
    static final int STEMS = 4;

    /**
     * Four colours that stay apart for the colour-blind, and that the format's own tools begin with: bluish green,
     * vermilion, reddish purple, sky blue (Okabe and Ito, Color Universal Design, 2008).
     */
    private static final List<String> COLORS = List.of("#009E73", "#D55E00", "#CC79A7", "#56B4E9");

    private StemManifest() {}

    /** The JSON in UTF-8; names begin with a capital. */
    static byte[] of(List<String> names) {
        StringBuilder json = new StringBuilder(
                        "{\"mastering_dsp\":{\"compressor\":{\"enabled\":false,\"input_gain\":0,")
                .append(
                        "\"output_gain\":0,\"threshold\":0,\"dry_wet\":50,\"attack\":0.003,\"release\":0.3,\"ratio\":3,")
                .append("\"hp_cutoff\":300},\"limiter\":{\"enabled\":false,\"threshold\":0,\"ceiling\":-0.35,")
                .append("\"release\":0.05}},\"version\":1,\"stems\":[");
        for (int i = 0; i < STEMS; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"color\":\"")
                    .append(COLORS.get(i))
                    .append("\",\"name\":");
            string(json, capitalised(names.get(i)));
            json.append('}');
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String capitalised(String name) {
        int first = name.isEmpty() ? 0 : name.offsetByCodePoints(0, 1);
        return name.substring(0, first).toUpperCase(Locale.ROOT) + name.substring(first);
    }

    /** RFC 8259, 7. */
    private static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
