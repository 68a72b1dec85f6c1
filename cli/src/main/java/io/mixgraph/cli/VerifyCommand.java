package io.mixgraph.cli;

import io.mixgraph.MixEngine;
import io.mixgraph.documents.Json;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderReport.FileReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = "Try every statement of a report on the files it is about: present, bit for bit, of the reported"
                + " length, loudness and true peak, and adding up. Ends with 4 when one does not hold.")
final class VerifyCommand extends Subcommand {
    @Parameters(paramLabel = "REPORT", description = "A report.json, or the folder it is in.")
    @SuppressWarnings("NullAway.Init")
    private Path report;

    @Option(
            names = "--rerender",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "SESSION",
            description = "Render again, into a temporary folder, and compare the bytes (of lossy files, what is handed"
                    + " to the encoder). The session is looked for beside the report when it is not given.")
    private @Nullable String rerender;

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Override
    void run() throws Failure, InvalidDocument, IOException {
        Path file = Files.isDirectory(report) ? report.resolve("report.json") : report;
        RenderReport read =
                Json.read(Files.readString(file, StandardCharsets.UTF_8), file.toString(), RenderReport.class);
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw Failure.invalid(file + " is in no folder");
        }
        Proofs proofs = new Proofs();
        new Verification(read, folder, proofs).run();
        if (rerender != null) {
            rerender(read, session(read, folder, rerender), proofs);
        }
        if (json()) {
            print(proofs.all());
        } else if (!quiet()) {
            out().println(read.name() + ": " + file);
            proofs.print(out());
        }
        proofs.require();
    }

    private static Path session(RenderReport read, Path folder, String given) throws Failure {
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        RenderReport.Document document = read.document();
        if (document == null || !Files.exists(folder.resolve(document.file()))) {
            throw Failure.invalid("the session is not beside the report; say where it is: --rerender SESSION");
        }
        return folder.resolve(document.file());
    }

    /** Renders into a folder that is thrown away, and compares. */
    private void rerender(RenderReport read, Path document, Proofs proofs)
            throws Failure, InvalidDocument, IOException {
        SessionFile session = sources.read(document);
        RenderReport.Document before = read.document();
        if (before != null) {
            boolean same = before.sha256().equals(session.named().sha256());
            proofs.add(document.toString(), same, same ? "the session as it was rendered" : "has changed since");
        }
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            RenderReport again =
                    new Rendering(this, new MixEngine()).discarded(session, UnaryOperator.identity(), temporary.path());
            Map<String, FileReport> byPath = new TreeMap<>();
            again.files().forEach(one -> byPath.put(one.path(), one));
            for (FileReport one : read.files()) {
                FileReport other = byPath.get(one.path());
                String what = one.path() + " again";
                if (other == null) {
                    proofs.add(what, false, "is not rendered any more");
                } else if (one.encoded() != null && other.encoded() != null) {
                    boolean same =
                            one.encoded().pcmSha256().equals(other.encoded().pcmSha256());
                    proofs.add(what, same, same ? "the same samples for the encoder" : "other samples for the encoder");
                } else {
                    boolean same = one.sha256() != null && one.sha256().equals(other.sha256());
                    proofs.add(what, same, same ? "the same bytes" : "other bytes");
                }
            }
            if (!again.graphHash().equals(read.graphHash())) {
                proofs.add("graph", false, "its hash is " + again.graphHash() + ", not " + read.graphHash());
            }
            List<String> engines = List.of(engine(read), engine(again));
            if (!engines.get(0).equals(engines.get(1))) {
                proofs.notTried("engine", "rendered by " + engines.get(0) + ", again by " + engines.get(1));
            }
        }
    }

    private static String engine(RenderReport report) {
        return report.engine().version() + ", dsp_revision " + report.engine().dspRevision() + " " + report.backends();
    }
}
