package io.mixgraph.cli;

import io.mixgraph.MixEngine;
import io.mixgraph.OutputFolder;
import io.mixgraph.documents.Json;
import io.mixgraph.render.Binding;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** Renders a session file into a folder, and says what came of it. */
final class Rendering {
    private final Subcommand command;
    private final RenderOptions options;

    Rendering(Subcommand command, RenderOptions options) {
        this.command = command;
        this.options = options;
    }

    /** Renders and publishes; what is asked for goes to stdout. */
    RenderReport render(SessionFile session) throws Failure, InvalidDocument, IOException {
        MixEngine engine = options.engine();
        RenderPlan plan = session.check(engine::plan);
        command.log()
                .info("rendering " + plan.frames() + " frames at "
                        + plan.graph().sampleRate() + " Hz into " + options.out());
        RenderReport report;
        try (Interruption interruption = new Interruption()) {
            report = write(engine, plan, interruption);
        }
        if (!command.json() && !command.quiet()) {
            summary(session.session().name(), report);
        }
        return report;
    }

    private RenderReport write(MixEngine engine, RenderPlan plan, Interruption interruption) throws IOException {
        try (OutputFolder folder = OutputFolder.open(options.out(), plan);
                ProgressBar bar = new ProgressBar(command.err(), System::nanoTime, interruption::asked)) {
            RenderMonitor monitor = command.quiet() || !ProgressBar.isTerminal()
                    ? new RenderMonitor() {
                        @Override
                        public boolean cancelled() {
                            return interruption.asked();
                        }
                    }
                    : bar;
            RenderReport report = engine.render(plan, folder, monitor);
            folder.add("report.json", Json.write(report).getBytes(StandardCharsets.UTF_8));
            folder.publish();
            return report;
        } catch (CancellationException e) {
            // Now, since the process may end as soon as the interruption is over.
            command.stopped();
            throw e;
        }
    }

    private void summary(String name, RenderReport report) {
        PrintWriter out = command.out();
        RenderReport.LoudnormMetrics metrics = report.loudnormMetrics();
        out.println(name + ": " + Figures.time(report.frames(), report.sampleRate()) + " at " + report.sampleRate()
                + " Hz");
        Double target = metrics.targetI();
        out.println("  loudness   " + Figures.level(metrics.outputI()) + " LUFS"
                + (target == null ? "" : ", asked for " + Figures.exact(target)) + ", range "
                + Figures.level(metrics.outputLra()) + " LU");
        Double ceiling = metrics.targetTp();
        out.println("  true peak  " + Figures.level(metrics.outputTp()) + " dBTP"
                + (ceiling == null ? "" : ", ceiling " + Figures.exact(ceiling)));
        if (target != null || metrics.limiterMaxReductionDb() > 0) {
            out.println("  gain       " + Figures.signed(metrics.gainDb()) + " dB, limiter at most -"
                    + Figures.level(metrics.limiterMaxReductionDb()) + " dB");
        }
        out.println("  bound by   " + words(metrics.binding()));
        String label = "  files      ";
        for (RenderReport.FileReport file : report.files()) {
            out.println(label + path(file.path()));
            label = " ".repeat(label.length());
        }
        out.println(label + path("report.json"));
        for (String warning : report.warnings()) {
            out.println("  warning    " + warning);
        }
    }

    private Path path(String file) {
        return options.out().resolve(file);
    }

    private static String words(Binding binding) {
        return switch (binding) {
            case NONE -> "nothing: no loudness was asked for";
            case TARGET -> "the loudness target, which is met";
            case TRUE_PEAK -> "true peak: the loudness target is not met";
            case MAX_REDUCTION -> "max_reduction_db: the loudness target is not met";
            case MAX_GAIN -> "the highest gain there is: the loudness target is not met";
            case SILENCE -> "silence: there is nothing to measure";
        };
    }
}
