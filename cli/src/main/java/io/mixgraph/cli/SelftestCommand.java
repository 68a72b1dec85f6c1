package io.mixgraph.cli;

import io.mixgraph.MixEngine;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemTap;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.SelfTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "selftest",
        description = "Prove on a session what Mixgraph promises of it. Aligned: with every effect replaced by a"
                + " pass-through of its latency, an impulse in every clip leaves every file at its own frame. Summing:"
                + " its stems through the master add up to the master; those of a master that hears each of them alone"
                + " are shown beside it. Ends with 4 when a proof fails.")
final class SelftestCommand extends Subcommand {
    @Parameters(paramLabel = "SESSION", description = "A session document, JSON or YAML.")
    @SuppressWarnings("NullAway.Init")
    private Path session;

    @Option(names = "--aligned-only", description = "Only the impulses, which take a moment.")
    private boolean alignedOnly;

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Override
    void run() throws Failure, InvalidDocument, IOException {
        SessionFile file = sources.read(session);
        MixEngine engine = new MixEngine();
        RenderPlan plan = file.plan(engine, one -> withStems(one, StemTap.MASTERED));
        Proofs proofs = new Proofs();
        for (SelfTest.FileCheck check : engine.selfTest(plan, RenderMonitor.SILENT)) {
            proofs.add("aligned " + check.path(), check.holds(), aligned(check));
        }
        if (!alignedOnly) {
            RenderReport.Certificate mastered = certificate(engine, file, StemTap.MASTERED);
            proofs.add(
                    "mastered stems - master",
                    Boolean.TRUE.equals(mastered.nullWithinBound()),
                    Verification.residual(mastered.nullResidualDbfs()) + ", rounding allows "
                            + Verification.residual(mastered.nullBoundDbfs()));
            RenderReport.Certificate soloed = certificate(engine, file, StemTap.SOLOED);
            proofs.notTried(
                    "soloed stems - master",
                    Verification.residual(soloed.nullResidualDbfs())
                            + ": what comes of stems that meet the master one by one");
        }
        if (json()) {
            print(proofs.all());
        } else if (!quiet()) {
            out().println(plan.name() + ": " + session);
            proofs.print(out());
        }
        proofs.require();
    }

    private static Session withStems(Session session, StemTap tap) {
        return session.withOutput(
                session.output().withStems(session.output().stems().on(tap)));
    }

    /** Beside the master nothing but stems, as floats: soloed ones may be higher than integers hold. */
    private static Session onlyStems(Session session, StemTap tap) {
        Output output = session.output();
        return session.withOutput(output.withStems(output.stems().on(tap).withFile(FileFormat.DEFAULT))
                .withDeliverables(List.of())
                .withPreMaster(false));
    }

    private static String aligned(SelfTest.FileCheck check) {
        if (check.holds()) {
            return check.impulses() + (check.impulses() == 1 ? " impulse at its frame" : " impulses at their frames");
        }
        return "missing at " + frames(check.missing()) + ", heard at " + frames(check.unexpected());
    }

    private static String frames(List<Long> frames) {
        return frames.isEmpty() ? "no frame" : "frames " + frames;
    }

    private RenderReport.Certificate certificate(MixEngine engine, SessionFile file, StemTap tap)
            throws InvalidDocument, IOException {
        return new Rendering(this, engine)
                .discarded(file, one -> onlyStems(one, tap))
                .certificate();
    }
}
