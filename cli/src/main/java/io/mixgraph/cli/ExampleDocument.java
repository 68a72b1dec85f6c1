package io.mixgraph.cli;

import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.SessionDocument;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.fx.EffectType;
import io.mixgraph.model.Insert;
import io.mixgraph.model.Key;
import io.mixgraph.model.Session;
import io.mixgraph.model.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Effects as one would write them in a document. */
final class ExampleDocument {
    private static final String TRACK = "sound";
    private static final String KEY = "other";

    /** A session's name when none is written. */
    private static final String UNTITLED = "Untitled";

    private ExampleDocument() {}

    /**
     * The settings of an effect that are worth showing; the plainest first. What it does not take is left out, and
     * where nothing remains there are the fewest settings, if these are known.
     */
    static List<Insert> inserts(EffectType type) {
        List<Insert> inserts = new ArrayList<>();
        for (String written : type.examples()) {
            try {
                inserts.add(keyed(read(type, written)));
            } catch (IllegalArgumentException e) {
                // Help is of more use than none.
            }
        }
        if (inserts.isEmpty()) {
            FewestSettings.of(type)
                    .ifPresent(
                            settings -> inserts.add(keyed(Insert.of(type.shape().create(settings)))));
        }
        return inserts;
    }

    private static Insert keyed(Insert insert) {
        return insert.effect().needsKey() && insert.key() == null ? insert.withKey(Key.of(KEY)) : insert;
    }

    /**
     * An effect in its place.
     *
     * @param written its settings, as documents write them beside the type
     * @throws IllegalArgumentException when they are no such settings
     */
    static Insert read(EffectType type, String written) {
        String text = "tracks: [{id: " + TRACK + ", source: x, fx: [{type: " + type.name() + ", " + written + "}]}]";
        SessionDocument document = SessionDocuments.read(text, type.name(), DocumentFormat.YAML);
        List<String> faults = document.problems().stream()
                .filter(fault -> !fault.problem().pointer().endsWith("/key"))
                .map(fault -> fault.problem().message())
                .toList();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    type.name() + " does not take " + written + ": " + String.join("; ", faults));
        }
        List<Insert> inserts =
                document.session().tracks().get(0).channel().inserts().fx();
        return Objects.requireNonNull(inserts).get(0);
    }

    /** A session with a track for each of these, and for each key one that it is taken from; nothing for nothing. */
    static String text(List<Insert> inserts) {
        if (inserts.isEmpty()) {
            return "";
        }
        List<Track> tracks = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>();
        for (Insert insert : inserts) {
            String id = tracks.isEmpty() ? TRACK : TRACK + (tracks.size() + 1);
            tracks.add(Track.of(id, id + ".wav").withInserts(List.of(insert)));
            if (insert.key() != null && insert.key().from() != null) {
                keys.add(insert.key().from());
            }
        }
        keys.forEach(id -> tracks.add(Track.of(id, id + ".wav")));
        return SessionDocuments.write(Session.of(UNTITLED, tracks), DocumentFormat.YAML);
    }
}
