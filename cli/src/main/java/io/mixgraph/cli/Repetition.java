package io.mixgraph.cli;

import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderReport.EncodedReport;
import io.mixgraph.render.RenderReport.FileReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Compares a report with that of the same session rendered again: the files' bytes, and all that is said of them. */
final class Repetition {
    private final RenderReport before;
    private final RenderReport again;
    private final Proofs proofs;

    /** Both as they were read from JSON. */
    Repetition(RenderReport before, RenderReport again, Proofs proofs) {
        this.before = before;
        this.again = again;
        this.proofs = proofs;
    }

    void run() {
        Map<String, FileReport> byPath = new LinkedHashMap<>();
        again.files().forEach(file -> byPath.put(file.path(), file));
        for (FileReport file : before.files()) {
            FileReport other = byPath.remove(file.path());
            if (other == null) {
                proofs.add(file.path() + " again", false, "is not rendered any more");
            } else {
                file(file, other);
            }
        }
        byPath.keySet().forEach(path -> proofs.add(path + " again", false, "is not in the report"));
        said();
        String engine = engine(before);
        if (!engine.equals(engine(again))) {
            proofs.notTried("engine", "rendered by " + engine + ", again by " + engine(again));
        }
    }

    private void file(FileReport file, FileReport other) {
        EncodedReport encoded = file.encoded();
        EncodedReport otherEncoded = other.encoded();
        boolean same;
        String what;
        if (encoded != null && otherEncoded != null) {
            same = encoded.pcmSha256().equals(otherEncoded.pcmSha256());
            what = " samples for the encoder";
        } else {
            same = file.sha256() != null && file.sha256().equals(other.sha256());
            what = " bytes";
        }
        boolean loudness = file.loudness().equals(other.loudness());
        proofs.add(
                file.path() + " again",
                same && loudness,
                (same ? "the same" : "other") + what + (loudness ? "" : "; its loudness is not as reported"));
    }

    /** What the report says of the render as a whole. */
    private void said() {
        if (!again.graphHash().equals(before.graphHash())) {
            proofs.add("graph_hash again", false, "is " + again.graphHash() + ", not " + before.graphHash());
        }
        said("name", before.name(), again.name());
        said("sample_rate", before.sampleRate(), again.sampleRate());
        said("frames", before.frames(), again.frames());
        said("bus_map", before.busMap(), again.busMap());
        said("fx_presets", before.fxPresets(), again.fxPresets());
        said("loudnorm_metrics", before.loudnormMetrics(), again.loudnormMetrics());
        said("certificate", before.certificate(), again.certificate());
        said("latency_frames", before.latencyFrames(), again.latencyFrames());
        said("sources", before.sources(), again.sources());
    }

    private void said(String what, Object reported, Object found) {
        if (!Objects.equals(reported, found)) {
            proofs.add(what + " again", false, "is not as reported");
        }
    }

    private static String engine(RenderReport report) {
        return report.engine().version() + ", dsp_revision " + report.engine().dspRevision() + " " + report.backends();
    }
}
