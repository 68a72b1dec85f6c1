package io.mixgraph.documents.page;

import io.mixgraph.render.PlannedFile.Kind;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderTrace;
import java.util.List;
import java.util.Optional;

/** Which of a render's files are what. */
final class Stems {
    private Stems() {}

    /** The stems as they were written. */
    static List<RenderReport.FileReport> of(RenderReport report) {
        return report.files().stream()
                .filter(file -> file.kind() == Kind.AUDIO_BUS_STEM)
                .toList();
    }

    /** What was traced of the stems that are parts of one sum; of all stems when they have none. */
    static List<RenderTrace.FileTrace> summed(RenderReport report, RenderTrace trace) {
        List<String> inSum = of(report).stream()
                .filter(RenderReport.FileReport::inSum)
                .map(RenderReport.FileReport::id)
                .toList();
        return trace.files().stream()
                .filter(file -> file.kind() == Kind.AUDIO_BUS_STEM)
                .filter(file -> inSum.isEmpty() || inSum.contains(file.id()))
                .toList();
    }

    /** What is reported of a file that was traced. */
    static Optional<RenderReport.FileReport> reported(RenderReport report, RenderTrace.FileTrace trace) {
        return report.files().stream()
                .filter(file -> file.kind() == trace.kind() && file.id().equals(trace.id()))
                .findFirst();
    }
}
