package io.mixgraph.cli;

import io.mixgraph.MixEngine;
import io.mixgraph.documents.Json;
import io.mixgraph.render.RenderReport;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
                    + " to the encoder) and the figures. Goes after REPORT; the session is looked for beside the report when it"
                    + " is not given.")
    private @Nullable String rerender;

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Override
    void run() throws Failure, InvalidDocument, IOException {
        Path file = Files.isDirectory(report) ? report.resolve("report.json") : report;
        RenderReport read = Json.read(text(file), file.toString(), RenderReport.class);
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

    private static String text(Path file) throws Failure, IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw Failure.io(file + " is no text; what is verified is the report.json of a render");
        }
    }

    private static Path session(RenderReport read, Path folder, String given) throws Failure {
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        RenderReport.Document document = read.document();
        try {
            Path beside = document == null ? null : folder.resolve(document.file());
            if (beside != null && Files.exists(beside)) {
                return beside;
            }
        } catch (InvalidPathException e) {
            throw Failure.invalid("the report's document can be no file's name; say where it is: --rerender SESSION");
        }
        throw Failure.invalid("the session is not beside the report; say where it is: --rerender SESSION");
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
        RenderReport rendered = new Rendering(this, new MixEngine()).discarded(session, UnaryOperator.identity());
        // Read back as the other one was, so that what is not defined is so in both.
        RenderReport again = Json.read(Json.write(rendered), "the new report", RenderReport.class);
        new Repetition(read, again, proofs).run();
    }
}
