package io.mixgraph.cli;

import io.mixgraph.FinishedFiles;
import io.mixgraph.MixEngine;
import io.mixgraph.OutputFolder;
import io.mixgraph.documents.Json;
import io.mixgraph.documents.page.ReportPage;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemTap;
import io.mixgraph.render.Binding;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderScope;
import io.mixgraph.render.RenderTrace;
import io.mixgraph.render.SignalCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Renders a session file into a folder, and says what came of it. */
final class Rendering {
    private static final String REPORT = "report.json";
    private static final String PAGE = "report.html";

    private final Subcommand command;
    private final MixEngine engine;
    private final SignalCache cache;
    private final FinishedFiles finished;

    /**
     * @param command whose streams and options are used
     * @param engine renders
     */
    Rendering(Subcommand command, MixEngine engine) {
        this(command, engine, SignalCache.NONE, FinishedFiles.NONE);
    }

    /**
     * @param command whose streams and options are used
     * @param engine renders
     * @param cache what need not be rendered, and what is kept for later
     * @param finished what need not be written
     */
    Rendering(Subcommand command, MixEngine engine, SignalCache cache, FinishedFiles finished) {
        this.command = command;
        this.engine = engine;
        this.cache = cache;
        this.finished = finished;
    }

    /**
     * A render that was published.
     *
     * @param plan what was planned
     * @param scope what of it was rendered, and what was read
     * @param report what came of it
     */
    record Done(RenderPlan plan, RenderScope scope, RenderReport report) {}

    /**
     * Renders and publishes; what is asked for goes to stdout.
     *
     * @param html whether to write a page too
     * @throws Failure also when what was rendered does not prove what it should; it is published all the same
     */
    Done render(SessionFile session, Path out, boolean html) throws Failure, InvalidDocument, IOException {
        Done done = publish(session, out, html, Interruption::asked);
        if (!command.json() && !command.quiet()) {
            summary(done.report(), out, html);
        }
        check(done.report(), out);
        return done;
    }

    /**
     * Finds out whether what was published proves what it should.
     *
     * @param out where it is
     */
    static void check(RenderReport report, Path out) throws Failure {
        if (!report.certificate().holds()) {
            throw unproven(report.certificate(), out.resolve(REPORT));
        }
    }

    /**
     * Renders and publishes, and says nothing.
     *
     * @param html whether to write a page too
     * @param stopped whether to stop
     */
    Done publish(SessionFile session, Path out, boolean html, Predicate<Interruption> stopped)
            throws InvalidDocument, IOException {
        RenderPlan plan = session.plan(engine);
        RenderScope scope = engine.scope(plan, cache);
        command.log()
                .info("rendering " + plan.frames() + " frames at "
                        + plan.graph().sampleRate() + " Hz into " + out);
        RenderReport report = interruptible(interruption -> {
            BooleanSupplier stop = () -> stopped.test(interruption);
            return write(session, plan, out, interruption, stop, (folder, monitor) -> {
                RenderReport written;
                if (html) {
                    MixEngine.Traced traced = engine.renderTraced(plan, folder, monitor, cache);
                    written = traced.report().withDocument(session.named());
                    folder.add(PAGE, page(plan, written, traced.trace()));
                } else {
                    written = engine.render(plan, folder, monitor, cache).withDocument(session.named());
                }
                folder.add(REPORT, Json.write(written).getBytes(StandardCharsets.UTF_8));
                interruption.goThrough();
                folder.publish();
                return written;
            });
        });
        return new Done(plan, scope, report);
    }

    /** The files that are written beside those of a report, as they are published. */
    static List<Path> beside(boolean html) {
        return html ? List.of(Path.of(PAGE), Path.of(REPORT)) : List.of(Path.of(REPORT));
    }

    /** The report of a render that was published. */
    static RenderReport published(Path out) throws IOException {
        Path report = out.resolve(REPORT);
        return Json.read(Files.readString(report), report.toString(), RenderReport.class);
    }

    /** That a render was published, and does not prove what it should. */
    static Failure unproven(RenderReport.Certificate certificate, Path report) {
        return Failure.unproven("what was rendered does not prove what it should: "
                + String.join("; ", Verification.faults(certificate)) + "; see " + report);
    }

    private static byte[] page(RenderPlan plan, RenderReport report, RenderTrace trace) {
        return ReportPage.html(plan.name(), report, trace, plan.graph()).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Renders, reports, and keeps nothing.
     *
     * @param change what to render instead of what the document writes
     */
    RenderReport discarded(SessionFile session, UnaryOperator<Session> change) throws InvalidDocument, IOException {
        RenderPlan plan = session.plan(engine, change);
        return interruptible(interruption -> {
            try (TemporaryFolder temporary = TemporaryFolder.create()) {
                return write(
                        session,
                        plan,
                        temporary.path(),
                        interruption,
                        interruption::asked,
                        (folder, monitor) -> engine.render(plan, folder, monitor));
            }
        });
    }

    /** What is done with an open folder. */
    interface Step {
        RenderReport run(OutputFolder folder, RenderMonitor monitor) throws IOException;
    }

    @SuppressWarnings("try") // The writing is only there to close.
    private RenderReport write(
            SessionFile session, RenderPlan plan, Path out, Interruption interruption, BooleanSupplier stop, Step step)
            throws IOException {
        try (OutputFolder folder = OutputFolder.open(out, plan, session.encoder(), finished);
                ProgressBar bar = new ProgressBar(command.err(), System::nanoTime, stop);
                Interruption.Writing writing = interruption.writing()) {
            return step.run(folder, monitor(command, bar, stop));
        }
    }

    /** What is done until Ctrl-C. */
    interface Interruptible<T> {
        T run(Interruption interruption) throws IOException;
    }

    private <T> T interruptible(Interruptible<T> work) throws IOException {
        return interruptible(command, work);
    }

    /** Does what is to leave nothing behind when it is stopped, and says so when it was. */
    static <T> T interruptible(Subcommand command, Interruptible<T> work) throws IOException {
        try (Interruption interruption = new Interruption()) {
            try {
                return work.run(interruption);
            } catch (CancellationException | IOException e) {
                if (!interruption.asked()) {
                    throw e;
                }
                // Whatever failed, it is because of that. Said now, since the process may end right after this.
                Thread.interrupted();
                command.stopped();
                CancellationException stopped = new CancellationException("stopped");
                stopped.initCause(e);
                throw stopped;
            }
        }
    }

    /** A progress bar where there is somebody to see it; what only stops when asked to elsewhere. */
    static RenderMonitor monitor(Subcommand command, ProgressBar bar, BooleanSupplier stop) {
        if (!command.quiet() && ProgressBar.isTerminal()) {
            return bar;
        }
        return new RenderMonitor() {
            @Override
            public boolean cancelled() {
                return stop.getAsBoolean();
            }
        };
    }

    /** Says what came of a render. */
    void summary(RenderReport report, Path folder, boolean html) {
        PrintWriter out = command.out();
        RenderReport.LoudnormMetrics metrics = report.loudnormMetrics();
        out.println(report.name() + ": " + Figures.time(report.frames(), report.sampleRate()) + " at "
                + report.sampleRate() + " Hz");
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
            out.println(label + folder.resolve(file.path()));
            label = " ".repeat(label.length());
        }
        out.println(label + folder.resolve(REPORT));
        if (html) {
            out.println(label + folder.resolve(PAGE));
        }
        proof(report.certificate());
        for (String warning : report.warnings()) {
            out.println("  warning    " + warning);
        }
    }

    private void proof(RenderReport.Certificate certificate) {
        String to = certificate.stemsSumTo();
        String label = "  proof      ";
        if (to != null) {
            String residual = Verification.residual(certificate.nullResidualDbfs());
            String bound = Verification.residual(certificate.nullBoundDbfs());
            command.out()
                    .println(label + "stems - " + to.replace('_', '-') + ": " + residual
                            + (residual.equals(bound) ? "" : ", rounding allows " + bound));
        } else if (certificate.stemsTap() == StemTap.SOLOED) {
            command.out()
                    .println(label + "soloed stems - master: " + Verification.residual(certificate.nullResidualDbfs())
                            + "; mastered ones add up to it");
        }
    }

    /** What bound a result, for people. */
    static String words(Binding binding) {
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
