package io.mixgraph.documents;

import java.util.Collection;
import java.util.Locale;

/** The word that was probably meant. */
public final class Suggestion {
    private static final int LONGEST = 40;

    private Suggestion() {}

    /**
     * {@code Did you mean "…"?} with a leading space, for the nearest of the words when it is near: case and separators
     * aside equal, or at most a third of its letters away; else nothing.
     */
    public static String of(String written, Collection<String> words) {
        String best = "";
        int least = Integer.MAX_VALUE;
        String plain = plain(written);
        if (plain.length() <= LONGEST) {
            for (String word : words) {
                int distance = distance(plain, plain(word));
                if (distance < least && distance <= Math.max(1, word.length() / 3)) {
                    best = word;
                    least = distance;
                }
            }
        }
        return best.isEmpty() ? "" : " Did you mean \"" + best + "\"?";
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
    }

    /** Levenshtein's distance, an exchange of neighbours counted once (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
