package io.mixgraph.model;

import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording that a session names: what a clip plays, or what an effect is made of.
 *
 * @param name as the session writes it
 * @param pointer where
 */
public record NamedSource(String name, String pointer) {
    /** Every one, in the order of the document; what is named twice is there twice. */
    public static List<NamedSource> of(Session session) {
        List<NamedSource> found = new ArrayList<>();
        for (int t = 0; t < session.tracks().size(); t++) {
            Track track = session.tracks().get(t);
            for (int c = 0; c < track.clips().size(); c++) {
                found.add(new NamedSource(track.clips().get(c).source(), "/tracks/" + t + "/clips/" + c + "/source"));
            }
            addAll(found, track.channel().inserts().fx(), "/tracks/" + t + "/fx");
        }
        session.fxChains().forEach((id, chain) -> addAll(found, chain, "/fx_chains/" + id));
        for (int b = 0; b < session.buses().size(); b++) {
            addAll(found, session.buses().get(b).channel().inserts().fx(), "/buses/" + b + "/fx");
        }
        addAll(found, session.master().inserts().fx(), "/master/fx");
        return found;
    }

    private static void addAll(List<NamedSource> found, @Nullable List<Insert> inserts, String pointer) {
        for (int i = 0; inserts != null && i < inserts.size(); i++) {
            Insert insert = inserts.get(i);
            for (RecordShape.Field field :
                    Insert.shape(insert.effect().getClass()).fields()) {
                if (field.get(insert) instanceof Recording recording) {
                    found.add(new NamedSource(recording.name(), pointer + "/" + i + "/" + field.name()));
                }
            }
        }
    }
}
