package io.mixgraph.cli;

import io.mixgraph.media.Artifact;
import io.mixgraph.media.ArtifactKind;
import io.mixgraph.media.Asset;
import io.mixgraph.media.Lineage;
import io.mixgraph.render.RenderReport;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Artifacts as text. */
final class ArtifactText {
    /** So many digits name an artifact among a million. */
    private static final int ID_DIGITS = 12;

    private ArtifactText() {}

    /** The first digits of an id: enough to name it. */
    static String id(Artifact artifact) {
        return artifact.id().substring(0, ID_DIGITS);
    }

    /** One line each, under a head. */
    static List<String> table(List<Artifact> artifacts) {
        Table table = Table.ofWords("id", "kind", "name", "session", "length", "bytes", "registered");
        for (Artifact artifact : artifacts) {
            table.add(
                    id(artifact),
                    artifact.kind().word(),
                    plain(artifact.name()),
                    plain(artifact.session()),
                    length(artifact),
                    Figures.size(artifact.size()),
                    artifact.created().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return table.lines();
    }

    private static String length(Artifact artifact) {
        return Figures.time(artifact.endFrame() - artifact.startFrame(), artifact.sampleRate());
    }

    /** All of one. */
    static List<String> lines(Artifact artifact) {
        ArtifactSheet sheet = ArtifactSheet.of(artifact);
        List<String> lines = new ArrayList<>();
        lines.add(plain(artifact.session()) + ": " + artifact.kind().word()
                + (artifact.kind() == ArtifactKind.MIX_REPORT ? "" : " " + plain(artifact.name())));
        lines.add("  id          " + artifact.id());
        lines.add("  sha256      " + artifact.sha256());
        lines.add("  file        " + plain(artifact.path()) + ", " + artifact.format() + ", " + artifact.size()
                + " bytes");
        lines.add("  frames      " + artifact.startFrame() + " to " + artifact.endFrame() + " at "
                + artifact.sampleRate() + " Hz, " + length(artifact));
        lines.add("  graph_hash  " + artifact.graphHash());
        if (artifact.nodeDigest() != null) {
            lines.add("  node        " + artifact.nodeDigest());
        }
        lines.add("  engine      " + artifact.engineVersion() + ", dsp_revision " + artifact.dspRevision());
        lines.add("  made of     " + count(artifact.assets().size(), "recording") + ", "
                + count(artifact.parents().size(), "artifact"));
        lines.add("  registered  " + artifact.created());
        RenderReport.LoudnormMetrics mix = sheet.meta().loudnormMetrics();
        Double target = mix.targetI();
        Double ceiling = mix.targetTp();
        lines.add("The mix");
        lines.add("  loudness    " + Figures.level(mix.outputI()) + " LUFS"
                + (target == null ? "" : ", asked for " + Figures.exact(target)) + ", range "
                + Figures.level(mix.outputLra()) + " LU");
        lines.add("  true peak   " + Figures.level(mix.outputTp()) + " dBTP"
                + (ceiling == null ? "" : ", ceiling " + Figures.exact(ceiling)));
        lines.add("  gain        " + Figures.signed(mix.gainDb()) + " dB, limiter at most -"
                + Figures.level(mix.limiterMaxReductionDb()) + " dB");
        lines.add("  bound by    " + Rendering.words(mix.binding()));
        sheet.meta()
                .busMap()
                .forEach((track, bus) -> lines.add("  track       " + track + " → " + bus.bus() + ": " + bus.reason()));
        sheet.meta().fxPresets().forEach((strip, preset) -> lines.add("  fx preset   " + strip + ": " + preset));
        return lines;
    }

    private static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Where one comes from and what became of it. */
    static List<String> lines(Lineage lineage) {
        List<String> lines = new ArrayList<>();
        lines.add("Recordings");
        for (Asset asset : lineage.assets()) {
            lines.add("  " + asset.sha256().substring(0, ID_DIGITS) + "  " + plain(asset.name()) + ", "
                    + Figures.time(asset.frames(), asset.sampleRate()) + " at " + asset.sampleRate() + " Hz");
        }
        lines.add("Made of");
        lineage.up().forEach(artifact -> lines.add("  " + line(artifact)));
        lines.add("This");
        lines.add("  " + line(lineage.artifact()));
        lines.add("Made of it");
        lineage.down().forEach(artifact -> lines.add("  " + line(artifact)));
        return lines;
    }

    /** One in a line, enough to know it by. */
    static String line(Artifact artifact) {
        return id(artifact) + "  " + artifact.kind().word() + " " + plain(artifact.name()) + ", "
                + plain(artifact.session());
    }

    /** A name that somebody else may have given, without what would steer a terminal. */
    private static String plain(String name) {
        return name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "\ufffd");
    }
}
