package io.mixgraph.bench.peers;

import io.mixgraph.MixEngine;
import io.mixgraph.OutputFolder;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.documents.Json;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.Session;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import io.mixgraph.wav.WavFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Renders a session again and again in this process, by the library alone, and prints how many seconds each took, from
 * planning to the published files: {@code WarmRenders SESSION OUT THREADS TIMES}.
 */
public final class WarmRenders {
    private WarmRenders() {}

    /** @param arguments the session document, the folder for its files, threads, and how often */
    public static void main(String[] arguments) throws IOException, InvalidSessionException {
        Path document = Path.of(arguments[0]).toAbsolutePath();
        Path out = Path.of(arguments[1]);
        MixEngine engine = new MixEngine(Integer.parseInt(arguments[2]), MixEngine.BLOCK_FRAMES);
        int times = Integer.parseInt(arguments[3]);
        Session session = SessionDocuments.read(document).session();
        SourceOpener sources = name -> WavFile.of(document.resolveSibling(name), name);
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            RenderPlan plan = engine.plan(session, sources);
            try (OutputFolder folder = OutputFolder.open(out, plan)) {
                RenderReport report = engine.render(plan, folder, RenderMonitor.SILENT);
                folder.add("report.json", Json.write(report).getBytes(StandardCharsets.UTF_8));
                folder.publish();
            }
            System.out.println((System.nanoTime() - start) / 1e9);
        }
    }
}
