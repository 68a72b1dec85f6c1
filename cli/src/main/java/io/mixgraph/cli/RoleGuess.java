package io.mixgraph.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a recording is, guessed from the words in its file name.
 *
 * @param role a role of the bus presets; null when the name says nothing
 * @param reason why, in words
 */
record RoleGuess(@Nullable String role, String reason) {
    /**
     * Roles and the words that mean them. Of several that fit, the first counts, so what is special stands before what
     * is general. {@code a+b} wants both words.
     */
    private static final List<Rule> RULES = List.of(
            Rule.of("kick", "kick kickdrum kik bassdrum bd kickin kickout"),
            Rule.of("snare", "snare snaredrum snr sd"),
            Rule.of("hihat", "hihat hihats hat hats hh"),
            Rule.of("toms", "toms tom floortom racktom"),
            Rule.of("overheads", "overhead overheads oh"),
            Rule.of("cymbals", "cymbal cymbals crash ride"),
            Rule.of("claps", "clap claps snap snaps"),
            Rule.of("percussion", "percussion perc shaker tambourine tamb conga congas bongo bongos cowbell cajon"),
            Rule.of("drum_room", "drum+room drums+room drumroom"),
            Rule.of("drums", "drums drum drumkit kit beat beats breakbeat"),
            Rule.of(
                    "backing_vocals",
                    "bgvox bgv bgvs bvox bv bvs backing+vox backing+vocal backing+vocals backing+voc"
                            + " back+vox back+vocals bg+vox bg+vocal bg+vocals background+vocals background+vox backingvox"
                            + " backingvocals harmony harmonies harm choir adlib adlibs double+vox vox+dbl gang+vocals"),
            Rule.of("lead_vocal", "lead+vox lead+vocal lead+vocals lead+voc leadvox leadvocal leadvocals ldvox"),
            Rule.of("vocals", "vox vocal vocals voc vocs singer rap"),
            Rule.of(
                    "dialogue",
                    "dialogue dialog dial speech voice voiceover vo narration narrator host guest interview"),
            Rule.of("bass", "bass basses bassguitar bs synthbass bassdi contrabass"),
            Rule.of("sub", "sub subbass 808"),
            Rule.of("riser", "riser risers build buildup uplifter downlifter sweep sweeps"),
            Rule.of("impact", "impact impacts hit hits boom"),
            Rule.of("ambience", "ambience ambiance ambient atmos atmosphere roomtone crowd"),
            Rule.of("fx", "fx sfx effect effects efx foley noise transition transitions"),
            Rule.of("guitar", "guitar guitars gtr gtrs git leadguitar acoustic elecgtr acgtr egtr agtr leadgtr strat"),
            Rule.of("keys", "keys keyboard keyboards key clav clavinet rhodes wurlitzer wurli"),
            Rule.of("piano", "piano pno pianos"),
            Rule.of("organ", "organ hammond b3"),
            Rule.of("synth", "synth synths synthesizer lead+synth minilogue moog juno prophet polysynth"),
            Rule.of("pluck", "pluck plucks"),
            Rule.of("arp", "arp arps arpeggio"),
            Rule.of("pad", "pad pads"),
            Rule.of("strings", "strings string violin violins viola violas cello cellos orchestra"),
            Rule.of("horns", "horns horn brass trumpet trumpets trombone trombones tuba"),
            Rule.of("sax", "sax saxes saxophone"),
            Rule.of("woodwinds", "flute clarinet oboe bassoon woodwind woodwinds"),
            Rule.of("music", "music melody melodic instrumental band backing+track"),
            Rule.of("lead_vocal", "lead ld"),
            Rule.of("backing_vocals", "backing bg"));

    /** Words this long are also found at either end of a longer one: {@code leadguitar}, {@code snaretop}. */
    private static final int LONG = 4;

    private record Rule(String role, List<List<String>> wordings) {
        static Rule of(String role, String wordings) {
            List<List<String>> split = new ArrayList<>();
            for (String wording : wordings.split(" ", -1)) {
                split.add(List.of(wording.split("\\+", -1)));
            }
            return new Rule(role, split);
        }
    }

    /** The guess for a file name, with or without an extension. */
    static RoleGuess of(String fileName) {
        List<String> words = words(fileName);
        Set<String> whole = new LinkedHashSet<>(words);
        for (int i = 0; i + 1 < words.size(); i++) {
            whole.add(words.get(i) + words.get(i + 1));
        }
        for (Rule rule : RULES) {
            for (List<String> wording : rule.wordings) {
                if (whole.containsAll(wording)) {
                    return new RoleGuess(rule.role, "its name says '" + String.join(" ", wording) + "'");
                }
            }
        }
        for (Rule rule : RULES) {
            for (List<String> wording : rule.wordings) {
                for (String word : words) {
                    if (wording.size() == 1 && isPart(wording.get(0), word)) {
                        return new RoleGuess(rule.role, "its name has '" + wording.get(0) + "' in '" + word + "'");
                    }
                }
            }
        }
        return new RoleGuess(null, "its name says nothing that is known");
    }

    private static boolean isPart(String part, String word) {
        return part.length() >= LONG && word.length() > part.length() && (word.startsWith(part) || word.endsWith(part));
    }

    /**
     * The words of a name in lower case: split at anything but letters and digits, and where the one becomes the other.
     */
    private static List<String> words(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String base = dot > 0 ? fileName.substring(0, dot) : fileName;
        String spaced = base.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
                .replaceAll("(?<=\\p{L}{2})(?=\\d)|(?<=\\d)(?=\\p{L}{2})", " ")
                .toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        for (String word : spaced.split("[^\\p{L}\\p{Nd}]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
